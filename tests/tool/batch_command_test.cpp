#include <signal.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"
#include "prompt_provider.h"

namespace castboard::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<nlohmann::json> lines_of(const std::string& text) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

class BatchCommand : public ::testing::Test {
 protected:
  BatchCommand() {
    sandbox.run({"projects", "add", "Northwind"});
    sandbox.run({"characters", "add", "Mira"});
    sandbox.run({"characters", "add", "Kaito"});
  }

  Outcome batch(const std::string& lines, std::vector<std::string> options = {}) {
    std::vector<std::string> arguments{"batch", sandbox.file("wanted.jsonl", lines).string()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return sandbox.run(arguments);
  }

  Sandbox sandbox;
};

const char* const kTwo =
    "{\"key\": \"m\", \"character\": \"Mira\", \"style\": \"noir\"}\n\n"
    "{\"character\": \"Kaito\", \"seed\": 7}\n";

TEST_F(BatchCommand, prints_one_line_for_each) {
  const Outcome outcome = batch(kTwo, {"--style", "pixel_art"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome;
  auto lines = lines_of(outcome.out);
  std::sort(lines.begin(), lines.end(),
            [](const auto& a, const auto& b) { return a["line"] < b["line"]; });
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["key"], "m");
  EXPECT_EQ(lines[0]["state"], "done");
  EXPECT_EQ(lines[0]["versions"][0]["art_style"], "noir");
  EXPECT_EQ(lines[1]["key"], "3") << "the line's number";
  EXPECT_EQ(lines[1]["versions"][0]["art_style"], "pixel_art") << "the command's option";
  EXPECT_EQ(lines[1]["versions"][0]["seed"], 7);
}

TEST_F(BatchCommand, leaves_out_what_an_earlier_run_has_done) {
  const Outcome first = batch(kTwo, {"--style", "pixel_art"});
  const std::string line = first.out.substr(0, first.out.find('\n') + 1);
  const auto done = sandbox.file("made.jsonl", line);
  const Outcome second = batch(kTwo, {"--style", "pixel_art", "--done", done.string()});
  ASSERT_EQ(second.exit_code, 0) << second;
  const auto lines = lines_of(second.out);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0]["key"], lines_of(line).at(0)["key"]);
}

TEST_F(BatchCommand, makes_the_same_line_once_and_a_changed_one_anew) {
  const std::string one = "{\"character\": \"Mira\", \"style\": \"noir\"}\n";
  const auto versions_of = [](const Outcome& outcome) {
    std::vector<std::string> ids;
    for (const auto& line : lines_of(outcome.out))
      for (const auto& version : line["versions"]) ids.push_back(version["id"]);
    return ids;
  };
  const auto first = versions_of(batch(one));
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(versions_of(batch(one)), first);
  EXPECT_EQ(versions_of(batch("\n{\"character\": \"Kaito\"}\n" + one, {"--yes"})).size(), 2U);
  EXPECT_THAT(sandbox.json_of({"versions", "list", "Mira"})["versions"], SizeIs(1))
      << "also further down in the file";
  EXPECT_THAT(versions_of(batch(one + one)), SizeIs(2)) << "asked for twice is meant twice";
  batch("{\"character\": \"Mira\", \"style\": \"noir\", \"key\": \"once more\"}\n");
  batch("{\"character\": \"Mira\", \"style\": \"anime\"}\n");
  EXPECT_THAT(sandbox.json_of({"versions", "list", "Mira"})["versions"], SizeIs(4));
  EXPECT_THAT(versions_of(batch("{\"character\": \"Mira\", \"style\": \"noir\", \"count\": 2}\n")),
              SizeIs(2));
  EXPECT_THAT(sandbox.json_of({"versions", "list", "Mira"})["versions"], SizeIs(5));
}

TEST_F(BatchCommand, makes_nothing_where_one_line_is_wrong) {
  const Outcome outcome =
      batch(std::string(kTwo) + "{\"character\": \"Mira\", \"stile\": \"x\"}\n");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("wanted.jsonl:4: unknown field \"stile\""));
  EXPECT_THAT(outcome.err, HasSubstr("Did you mean \"style\"?"));
  EXPECT_TRUE(sandbox.json_of({"versions", "list", "Mira"})["versions"].empty());
  EXPECT_EQ(batch("{\"character\": \"Nobody\"}\n").exit_code, 2);
  EXPECT_EQ(batch("[1, 2]\n").exit_code, 2);
  EXPECT_THAT(batch("{\"key\": \"a\", \"character\": \"Mira\"}\n"
                    "{\"key\": \"a\", \"character\": \"Mira\"}\n")
                  .err,
              HasSubstr("the key \"a\" stands in line 1 already"));
}

TEST_F(BatchCommand, tells_the_cost_without_doing_anything) {
  const Outcome outcome = batch(kTwo, {"--dry-run"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome;
  EXPECT_EQ(lines_of(outcome.out).at(0)["quote"]["credits"], 0);
  EXPECT_THAT(outcome.err, HasSubstr("2 lines, 0 credits"));
  EXPECT_TRUE(sandbox.json_of({"versions", "list", "Mira"})["versions"].empty());
}

TEST_F(BatchCommand, names_the_line_the_field_and_the_range_of_a_number_that_is_none) {
  const auto refused = [this](const std::string& field, const std::string& value) {
    const Outcome outcome =
        batch("\n{\"character\": \"Mira\", \"" + field + "\": " + value + "}\n");
    EXPECT_EQ(outcome.exit_code, 2) << outcome;
    EXPECT_THAT(outcome.err, HasSubstr("wanted.jsonl:2: " + field + " is " + value));
    return outcome.err;
  };
  EXPECT_THAT(refused("count", "4294967297"), HasSubstr("from 1 to 100"));
  EXPECT_THAT(refused("count", "0"), HasSubstr("from 1 to 100"));
  EXPECT_THAT(refused("count", "\"2\""), HasSubstr("from 1 to 100"));
  EXPECT_THAT(refused("seed", "9223372036854775808"), HasSubstr("from 0 to 9223372036854775807"));
  refused("seed", "18446744073709551615");
  refused("seed", "-1");
  refused("max_credits", "-9223372036854775808");
  refused("max_credits", "1.5");
  EXPECT_TRUE(sandbox.json_of({"versions", "list", "Mira"})["versions"].empty());
}

TEST_F(BatchCommand, sends_nothing_where_the_earlier_output_cannot_be_understood) {
  const auto refused = [this](const std::string& printed) {
    const auto done = sandbox.file("made.jsonl", printed);
    const Outcome outcome = batch(kTwo, {"--done", done.string()});
    EXPECT_EQ(outcome.exit_code, 2) << outcome;
    EXPECT_THAT(outcome.out, IsEmpty());
    return outcome.err;
  };
  const std::string good = "{\"key\": \"m\", \"state\": \"failed\", \"jobs\": []}\n";
  EXPECT_THAT(refused(good + "{\"state\": 5, \"key\": \"a\"}\n"), HasSubstr("made.jsonl:2: "));
  EXPECT_THAT(refused("{\"state\": \"made\", \"key\": \"a\"}\n"), HasSubstr("made.jsonl:1: "));
  EXPECT_THAT(refused(good + "{\"key\": \"3\", \"sta"), HasSubstr("made.jsonl:2: "));
  EXPECT_THAT(refused("[]\n"), HasSubstr("made.jsonl:1: "));
  EXPECT_THAT(refused("{\"key\": \"m\", \"state\": \"uncertain\", \"jobs\": [5]}\n"),
              HasSubstr("made.jsonl:1: "));
  EXPECT_THAT(refused("{\"key\": \"m\", \"state\": \"uncertain\", \"jobs\": [\"0123456789\"]}\n"),
              AllOf(HasSubstr("made.jsonl:1: "), HasSubstr("0123456789")));
  for (const std::string name : {"nowhere.jsonl", "runs"}) {
    const Outcome outcome = batch(kTwo, {"--done", name});
    EXPECT_EQ(outcome.exit_code, 2) << outcome;
    EXPECT_THAT(outcome.err, HasSubstr(name + " cannot be read"));
  }
  EXPECT_TRUE(sandbox.json_of({"jobs", "list", "--all"})["jobs"].empty());
}

// What was paid is not paid again, however a run ended.
class PaidBatch : public BatchCommand {
 protected:
  PaidBatch() {
    sandbox.file("config/castboard/providers/prompted.json", provider.descriptor());
    sandbox.set("CASTBOARD_TOTAL_LIMIT", "60");
  }

  // One line a description; its first word is its key.
  std::string wanted(const std::vector<std::string>& descriptions) {
    std::string lines;
    for (const std::string& text : descriptions) {
      lines += nlohmann::json{{"key", text.substr(0, text.find(' '))},
                              {"character", "Mira"},
                              {"provider", "prompted"},
                              {"template", "custom"},
                              {"size", "1:1"},
                              {"describe", text}}
                   .dump() +
               '\n';
    }
    return sandbox.file("wanted.jsonl", lines).string();
  }

  Running start_until(const std::string& file, std::size_t lines) {
    Running running = sandbox.start({"batch", file});
    while (static_cast<std::size_t>(std::ranges::count(running.out_so_far(), '\n')) < lines)
      std::this_thread::yield();
    return running;
  }

  static std::map<std::string, nlohmann::json> by_key(const std::string& out) {
    std::map<std::string, nlohmann::json> lines;
    for (const auto& line : lines_of(out)) lines[line["key"]] = line;
    return lines;
  }

  // A shell's line; $CASTBOARD is the program.
  Outcome shell(const std::string& command) {
    return sandbox.run_program(
        {"/bin/sh", "-c", "CASTBOARD='" + castboard_program() + "'; " + command});
  }

  PromptProvider provider;
};

TEST_F(PaidBatch, prints_each_line_when_it_is_over_and_the_rest_with_their_jobs_when_interrupted) {
  const std::string file = wanted({"k1 HOLD", "k2 fast", "k3 fast"});
  Running running = start_until(file, 2);
  running.signal(SIGINT);
  const Outcome first = running.wait();
  EXPECT_EQ(first.exit_code, 130) << first;
  auto lines = by_key(first.out);
  ASSERT_THAT(lines, SizeIs(3)) << first;
  EXPECT_EQ(lines_of(first.out).back()["key"], "k1");
  EXPECT_EQ(lines["k2"]["state"], "done");
  EXPECT_EQ(lines["k3"]["state"], "done");
  ASSERT_THAT(lines["k1"]["jobs"], SizeIs(1)) << first;
  const std::string job = lines["k1"]["jobs"][0];
  EXPECT_THAT(first.err, HasSubstr(job));

  const auto done = sandbox.file("made.jsonl", first.out);
  provider.release();
  const Outcome second = sandbox.run({"batch", file, "--done", done.string()});
  EXPECT_EQ(second.exit_code, 5) << second;
  ASSERT_THAT(lines_of(second.out), SizeIs(1)) << second;
  EXPECT_EQ(lines_of(second.out)[0]["state"], "uncertain");
  EXPECT_EQ(lines_of(second.out)[0]["jobs"][0], job);
  EXPECT_THAT(second.err, HasSubstr("not sent again"));
  EXPECT_EQ(provider.requests(), 3);

  // The ids that were printed count even where the line is another by now.
  const auto both = sandbox.file("made.jsonl", first.out + second.out);
  const Outcome third =
      sandbox.run({"batch", wanted({"k1 HOLD it", "k2 slow"}), "--done", both.string()});
  EXPECT_EQ(third.exit_code, 5) << third;
  EXPECT_EQ(provider.requests(), 3);
}

TEST_F(PaidBatch, that_was_killed_goes_on_without_what_it_printed) {
  const std::string file =
      wanted({"k1 fast", "k2 HOLD", "k3 HOLD", "k4 HOLD", "k5 HOLD", "k6 waits"});
  {
    Running running = start_until(file, 1);
    provider.wait_for_requests(5);  // four slots: the sixth waits
    running.signal(SIGKILL);
    (void)running.wait();
  }
  provider.release();
  const Outcome second = sandbox.run({"batch", file});
  EXPECT_EQ(second.exit_code, 5) << second;
  auto lines = by_key(second.out);
  ASSERT_THAT(lines, SizeIs(6)) << second;
  EXPECT_THAT(lines["k1"]["versions"], SizeIs(1));
  for (const char* key : {"k2", "k3", "k4", "k5"}) {
    EXPECT_EQ(lines[key]["state"], "uncertain") << second;
    EXPECT_THAT(second.err, HasSubstr(lines[key]["jobs"][0].get<std::string>()));
  }
  EXPECT_EQ(lines["k6"]["state"], "done") << "it had not been sent";
  EXPECT_EQ(provider.requests(), 6);
  EXPECT_EQ(provider.requests_with("k6"), 1);
  // The user's word counts, and what came of it is found.
  const std::string lost = lines["k2"]["jobs"][0];
  EXPECT_EQ(sandbox.run({"jobs", "submit-again", lost, "--yes"}).exit_code, 0);
  lines = by_key(sandbox.run({"batch", file}).out);
  EXPECT_EQ(lines["k2"]["state"], "done");
  EXPECT_EQ(provider.requests(), 7);
}

TEST_F(PaidBatch, sends_again_what_was_refused_and_cost_nothing) {
  const std::string file = wanted({"k1 REFUSE", "k2 fast"});
  const Outcome first = sandbox.run({"batch", file});
  EXPECT_EQ(first.exit_code, 3) << first;
  EXPECT_EQ(by_key(first.out)["k1"]["error"]["code"], "refused");
  const auto done = sandbox.file("made.jsonl", first.out);
  provider.release();
  const Outcome second = sandbox.run({"batch", file, "--done", done.string()});
  EXPECT_EQ(second.exit_code, 0) << second;
  EXPECT_THAT(lines_of(second.out), SizeIs(1));
  EXPECT_EQ(provider.requests_with("k1"), 2);
  EXPECT_EQ(provider.requests_with("k2"), 1);
}

TEST_F(PaidBatch, ends_with_the_worst_code_of_its_lines_as_generate_ends) {
  EXPECT_EQ(sandbox.run({"batch", wanted({"k1 REFUSE", "k2 fast"})}).exit_code, 3);
  const Outcome broke = sandbox.run({"batch", wanted({"k3 REFUSE", "k4 BROKE", "k5 fast"})});
  EXPECT_EQ(broke.exit_code, 4) << broke;
  EXPECT_EQ(by_key(broke.out)["k4"]["error"]["code"], "out_of_credit") << broke;
  EXPECT_EQ(sandbox.run({"batch", wanted({"k6 fast"})}).exit_code, 0);
  sandbox.set("CASTBOARD_TOTAL_LIMIT", "1");
  EXPECT_EQ(sandbox.run({"batch", wanted({"k7 REFUSE", "k8 HOLD"})}).exit_code, 5);
}

TEST_F(PaidBatch, whose_output_is_lost_waits_for_all_and_names_their_jobs) {
  const std::string file = wanted({"k1 fast", "k2 fast", "k3 fast"});
  for (const std::string& command :
       {"\"$CASTBOARD\" batch " + file + " > /dev/full",
        "{ { \"$CASTBOARD\" batch " + file + "; echo $? >&3; } | :; } 3> code; exit $(cat code)"}) {
    const Outcome outcome = shell(command);
    EXPECT_EQ(outcome.exit_code, 1) << outcome;
    EXPECT_THAT(outcome.err, HasSubstr("castboard jobs list --all"));
    const auto jobs = sandbox.json_of({"jobs", "list", "--all"})["jobs"];
    ASSERT_THAT(jobs, SizeIs(3));
    for (const auto& job : jobs) {
      EXPECT_EQ(job["state"], "done") << outcome;
      EXPECT_THAT(outcome.err, HasSubstr(job["id"].get<std::string>()));
    }
  }
  const Outcome third = sandbox.run({"batch", file});
  EXPECT_EQ(third.exit_code, 0);
  EXPECT_THAT(by_key(third.out), SizeIs(3));
  EXPECT_EQ(provider.requests(), 3);
}

TEST_F(PaidBatch, and_generate_name_what_was_made_where_the_output_is_lost) {
  const std::string generate =
      "\"$CASTBOARD\" generate --character Mira --provider prompted --template custom --size 1:1 "
      "--describe ";
  for (const std::string more : {"", " --json"}) {
    const Outcome outcome = shell(generate + "fast" + more + " > /dev/full");
    EXPECT_EQ(outcome.exit_code, 1) << outcome;
    const auto version = sandbox.json_of({"versions", "list", "Mira"})["versions"].back();
    EXPECT_THAT(outcome.err, HasSubstr("No space left on device"));
    EXPECT_THAT(outcome.err, HasSubstr(version["path"].get<std::string>()));
    EXPECT_THAT(outcome.err, HasSubstr("Mira/v00"));
  }
  const Outcome refused = shell(generate + "REFUSE --json > /dev/full");
  EXPECT_EQ(refused.exit_code, 3) << refused;
  const auto jobs = sandbox.json_of({"jobs", "list", "--all"})["jobs"];
  const auto failed = std::find_if(jobs.begin(), jobs.end(),
                                   [](const auto& job) { return job["state"] == "failed"; });
  ASSERT_NE(failed, jobs.end());
  EXPECT_THAT(refused.err, HasSubstr((*failed)["id"].get<std::string>()));
}

}  // namespace
}  // namespace castboard::testing
