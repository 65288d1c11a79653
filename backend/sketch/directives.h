#pragma once

#include <string>
#include <string_view>

#include "sketch/sketch_picture.h"

// Words in a request that select a failure or a flaw, for tests and demonstrations. They stand in
// the field `directives` or, as [sketch:...], in the additional description; separated by blanks,
// commas or semicolons:
//
//   slow=MS  drip=MS       wait before the first byte; spread the body over that time (2000)
//   hang                   never answer
//   429=N  500  500=N      refuse the first N requests that carry this text; 500 alone: all
//   refuse                 the content is refused (400, content_refused)
//   html_error             an HTML error page (502)
//   truncated              half a body, then the connection ends
//   wrong_format           JPEG bytes named image/png
//   not_image              an HTML page in place of the picture
//   huge                   a picture that says it is 20000 x 20000
//   uneven=S offcentre=S rotated=D captions missing=N no_gutter gutter=#RRGGBB gutter_width=PX
//                          flaws of a sheet (shares, degrees, cell number)
//   id=TEXT                tells apart requests whose counts should be separate
namespace castboard::sketch {

struct Directives {
  std::string text;  // what was said, normalised: the key of the counts
  int slow_ms = 0;
  int drip_ms = 0;
  int too_many = 0;  // 429 for the first N
  int failures = 0;  // 500 for the first N; -1: always
  bool hang = false;
  bool refuse = false;
  bool html_error = false;
  bool truncated = false;
  bool wrong_format = false;
  bool not_image = false;
  bool huge = false;
  SheetFlaws flaws;
};

// Throws Failure (invalid_input) that names the word and those there are.
Directives parse_directives(std::string_view text);

// Takes [sketch:...] tags out of a description and returns what stood in them.
std::string take_directives(std::string& description);

}  // namespace castboard::sketch
