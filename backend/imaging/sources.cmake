target_sources(castboard_imaging PRIVATE
  imaging/contact_sheet.cpp imaging/crop.cpp imaging/decode.cpp imaging/decode_stb.cpp
  imaging/decode_webp.cpp imaging/difference.cpp
  imaging/encode_jpeg.cpp imaging/encode_png.cpp imaging/formats.cpp imaging/jpeg_structure.cpp
  imaging/memory_gate.cpp imaging/perceptual_hash.cpp imaging/picture_structure.cpp
  imaging/scale.cpp imaging/sheet_check.cpp imaging/sheet_split.cpp imaging/sheet_split_captions.cpp
  imaging/sheet_split_evidence.cpp imaging/sheet_split_faint.cpp imaging/sheet_split_frames.cpp
  imaging/sheet_split_gutters.cpp
  imaging/sheet_split_lattice.cpp imaging/text_drawing.cpp)
target_link_libraries(castboard_imaging PRIVATE ZLIB::ZLIB)
