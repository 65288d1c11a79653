#include "command_line.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

TEST(CommandLine, quotes_only_what_a_shell_would_misread) {
  EXPECT_EQ(shell_word("Mira"), "Mira");
  EXPECT_EQ(shell_word("Mira Voss"), "'Mira Voss'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("$HOME; rm *"), "'$HOME; rm *'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(CommandLine, repeats_a_version_with_everything_that_made_it) {
  Version version;
  version.template_type = "expression_sheet";
  version.shot = "all";
  version.art_style = "anime";
  version.aspect_ratio = "1:1";
  version.version_name = "Anime Expression Sheet";
  version.provider = "sketch";
  version.seed = 77;
  EXPECT_EQ(generate_command(version, "Mira Voss", "Northwind", "/data/cast"),
            "castboard generate --library /data/cast --project Northwind --character 'Mira Voss' "
            "--template expression_sheet --shot all --style anime --size 1:1 "
            "--name 'Anime Expression Sheet' --provider sketch --seed 77");
}

}  // namespace
}  // namespace castboard
