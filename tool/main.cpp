#include <string>
#include <vector>

#include "commands/command_line.h"

int main(int argc, char** argv) {
  return castboard::run_command_line(
      std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
