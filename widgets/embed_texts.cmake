# cmake -DFROM=en.txt -DTO=texts_en.inc -P embed_texts.cmake: a text file as a C++ string.
file(READ "${FROM}" content)
file(WRITE "${TO}" "R\"castboard_texts(${content})castboard_texts\"\n")
