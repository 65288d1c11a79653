#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "castboard_program.h"
#include "support/loopback_server.h"

namespace castboard::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

nlohmann::json provider_named(const nlohmann::json& providers, const std::string& name) {
  for (const auto& provider : providers) {
    if (provider["name"] == name) return provider;
  }
  return nlohmann::json::object();
}

TEST(ProvidersCommand, lists_the_built_in_ones_without_a_library) {
  const Sandbox sandbox;
  const auto providers = sandbox.json_of({"providers", "list"})["providers"];
  const auto sketch = provider_named(providers, "sketch");
  EXPECT_EQ(sketch["usable"], true);
  EXPECT_EQ(sketch["free"], true);
  EXPECT_EQ(sketch["layer"], "built-in");
  const auto openai = provider_named(providers, "openai");
  EXPECT_EQ(openai["usable"], false);
  EXPECT_THAT(openai["unusable_reason"].get<std::string>(), HasSubstr("OPENAI_API_KEY"));
  EXPECT_FALSE(std::filesystem::exists(sandbox.library()));
}

TEST(ProvidersCommand, takes_a_key_from_the_environment_and_never_prints_it) {
  Sandbox sandbox;
  sandbox.set("OPENAI_API_KEY", "sk-very-secret");
  const Outcome outcome = sandbox.run({"providers", "show", "openai", "--json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome;
  EXPECT_EQ(outcome.json()["provider"]["usable"], true);
  EXPECT_EQ((outcome.out + outcome.err).find("sk-very-secret"), std::string::npos);
}

TEST(ProvidersCommand, suggests_the_nearest_of_an_unknown_name) {
  const Sandbox sandbox;
  for (const char* command : {"show", "check"}) {
    EXPECT_THAT(sandbox.error_of({"providers", command, "opena"}, 2)["hint"].get<std::string>(),
                HasSubstr("openai"));
  }
}

TEST(ProvidersCommand, checks_all_or_one) {
  const Sandbox sandbox;
  EXPECT_GE(sandbox.json_of({"providers", "check"})["providers"].size(), 3U);
  const auto one = sandbox.json_of({"providers", "check", "sketch"})["providers"];
  ASSERT_EQ(one.size(), 1U);
  EXPECT_TRUE(one[0]["problems"].empty());
}

TEST(ProvidersCommand, shows_the_exact_requests_without_sending_them) {
  Sandbox sandbox;
  sandbox.set("OPENAI_API_KEY", "sk-very-secret");
  const Outcome outcome = sandbox.run({"providers", "check", "openai", "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("POST https://api.openai.com/v1/images/generations"),
                                 HasSubstr("POST https://api.openai.com/v1/images/edits"),
                                 HasSubstr("Authorization: Bearer ***"), HasSubstr("image[] = "),
                                 HasSubstr("Nothing was sent")));
  EXPECT_EQ((outcome.out + outcome.err).find("sk-very-secret"), std::string::npos);
  EXPECT_EQ(sandbox.run({"providers", "check", "--dry-run"}).exit_code, 2);
}

TEST(ProvidersCommand, sends_a_real_one_and_keeps_its_picture) {
  const Sandbox sandbox;
  const auto file = sandbox.home() / "trial.png";
  const auto trial =
      sandbox.json_of({"providers", "check", "sketch", "--live", "--save", file.string()})["trial"];
  EXPECT_EQ(trial["picture"]["format"], "png");
  EXPECT_GT(trial["picture"]["width"], 100);
  EXPECT_EQ(trial["picture"]["bytes"], std::filesystem::file_size(file));
  EXPECT_EQ(sandbox.run({"providers", "check", "openai", "--live"}).exit_code, 1);
}

TEST(ProvidersCommand, keeps_the_picture_of_a_trial_that_names_no_file) {
  const Sandbox sandbox;
  const auto trial = sandbox.json_of({"providers", "check", "sketch", "--live"})["trial"];
  const std::filesystem::path file = trial["picture"]["file"].get<std::string>();
  EXPECT_EQ(file.extension(), ".png");
  EXPECT_EQ(trial["picture"]["bytes"], std::filesystem::file_size(file));
  EXPECT_EQ(file.parent_path(), sandbox.home() / "state/castboard/trials");
  EXPECT_THAT(sandbox.run({"providers", "check", "sketch", "--live"}).out,
              HasSubstr("saved as " + file.parent_path().string()));
}

namespace {

// A paid provider at `server`, in the studio's folder.
void add_paint(Sandbox& sandbox, const LoopbackServer& server) {
  nlohmann::json descriptor = nlohmann::json::parse(R"({
      "castboard_provider": 1, "name": "paint", "title": "Studio Paint", "credits": {"picture": 5},
      "requests": {"text_to_image": {"path": "/draw", "json": {"text": "{prompt}"}}},
      "reply": {"images": [{"url": "url"}]}})");
  descriptor["base_url"] = server.url();
  sandbox.file("studio/providers/paint.json", descriptor.dump());
  sandbox.set("CASTBOARD_PATH", (sandbox.home() / "studio").string());
}

}  // namespace

TEST(ProvidersCommand, sends_nothing_when_the_picture_could_not_be_written) {
  const LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(500, "text/plain", "asked");
  });
  Sandbox sandbox;
  add_paint(sandbox, server);
  for (const auto& file : {sandbox.home() / "nowhere" / "trial.png", sandbox.home()}) {
    const auto error =
        sandbox.error_of({"providers", "check", "paint", "--live", "--save", file.string()}, 2);
    EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("Nothing was sent"));
  }
  EXPECT_THAT(server.requests(), ::testing::IsEmpty());
}

TEST(ProvidersCommand, stops_a_trial_on_ctrl_c_and_says_that_it_may_be_billed) {
  const LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.stay_silent(); });
  Sandbox sandbox;
  add_paint(sandbox, server);
  const auto file = sandbox.home() / "trial.png";
  Running running =
      sandbox.start({"providers", "check", "paint", "--live", "--save", file.string()});
  server.wait_for_requests(1);
  running.signal(SIGINT);
  const Outcome outcome = running.wait();
  EXPECT_EQ(outcome.exit_code, 130) << outcome;
  EXPECT_THAT(outcome.err, HasSubstr("Studio Paint may have had the request, and may bill it"));
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".part"));
}

TEST(ProvidersCommand, keeps_what_a_trial_paid_for_and_is_no_picture) {
  const std::string avif(
      "\0\0\0\x1c"
      "ftypavif\0\0\0\0avifmif1",
      24);
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(200, "image/avif", avif);
  });
  Sandbox sandbox;
  add_paint(sandbox, server);
  const auto error = sandbox.error_of({"providers", "check", "paint", "--live"}, 1);
  EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("What was received is kept in"));
  std::string kept;
  for (const auto& entry :
       std::filesystem::directory_iterator(sandbox.home() / "state/castboard/trials"))
    kept += file_bytes(entry.path());
  EXPECT_EQ(kept, avif);
}

TEST(ProvidersCommand, a_studio_file_with_an_error_is_named_with_line_and_field) {
  Sandbox sandbox;
  const auto file = sandbox.file("studio/providers/house.json",
                                 "{\n  \"castboard_provider\": 1,\n  \"name\": \"house\",\n"
                                 "  \"titel\": \"House\"\n}\n");
  sandbox.set("CASTBOARD_PATH", (sandbox.home() / "studio").string());
  const Outcome checked = sandbox.run({"providers", "check"});
  EXPECT_EQ(checked.exit_code, 1) << checked;
  EXPECT_THAT(checked.out + checked.err,
              AllOf(HasSubstr(file.string() + ":4"), HasSubstr("titel")));
  const Outcome by_name = sandbox.run({"providers", "check", "house"});
  EXPECT_EQ(by_name.exit_code, 1) << by_name;
  EXPECT_THAT(by_name.out, HasSubstr(file.string() + ":4"));
  const Outcome generated = sandbox.run(
      {"generate", "--create", "--project", "Demo", "--character", "Mira", "--style", "pixel_art"});
  EXPECT_EQ(generated.exit_code, 0) << "the rest works: " << generated;
  EXPECT_THAT(generated.err, HasSubstr(file.string() + ":4"));
  EXPECT_THAT(file_bytes(sandbox.home() / "state/castboard/castboard.log"),
              HasSubstr("house.json:4"));
  EXPECT_THAT(sandbox.run({"providers", "list", "--quiet"}).err, ::testing::IsEmpty());
  EXPECT_THAT(sandbox.run({"doctor"}).out, HasSubstr("house.json:4"));
}

TEST(ProvidersCommand, a_studio_template_with_an_error_is_named_with_line_and_field) {
  Sandbox sandbox;
  sandbox.file("studio/templates/broken.json", "{\n  \"key\": 12\n}\n");
  sandbox.set("CASTBOARD_PATH", (sandbox.home() / "studio").string());
  const Outcome outcome = sandbox.run({"providers", "list"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome;
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("broken.json:2"), HasSubstr("key")));
}

}  // namespace
}  // namespace castboard::testing
