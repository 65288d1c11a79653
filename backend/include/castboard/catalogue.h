#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Templates, shots, art styles and sizes (product: Catalogues) and what the form needs to know of
// providers. Read from JSON in layers (built-in assets, studio, user, library; later wins by key).
// Immutable once loaded; shared between threads by `shared_ptr<const Catalogue>`.
namespace castboard {

struct Shot {
  std::string key = {};    // "headshot", "all", "happy"
  std::string title = {};  // "Headshot"
  std::string prompt = {};
  int cells = 1;  // 9 for "all" of an expression sheet
};

struct Template {
  std::string key = {};          // "expression_sheet"
  std::string title = {};        // "Expression Sheet"
  std::string short_title = {};  // "Sheet", for tiles
  std::string icon = {};         // name of an icon, see widgets/theme.h
  std::string shot_label = {};   // "Expressions"
  std::string prompt = {};       // with {shot}, {style}, {character} ... placeholders
  std::vector<Shot> shots = {};  // empty for custom
  std::string default_shot = {};
  int order = 0;  // place in lists
};

struct ArtStyle {
  std::string key = {};    // "pixar_3d"
  std::string title = {};  // "Pixar 3D"
  std::string prompt = {};
  int order = 0;
};

struct ImageSize {
  std::string key = {};    // "4:3"
  std::string title = {};  // "Landscape"
  int ratio_width = 1;
  int ratio_height = 1;
};

// What one model of a provider takes.
struct ModelLimits {
  std::string model = {};
  int max_character_references = 1;
  int max_background_references = 1;
  std::vector<std::string> sizes = {};  // keys it can do natively or by crop
};

// What the form shows of a provider; the descriptor itself stays in the backend.
struct ProviderInfo {
  std::string name = {};   // "openai"
  std::string title = {};  // "OpenAI Images"
  std::vector<std::string> models = {};
  std::string default_model = {};
  bool free = false;
  bool takes_seed = true;
  int max_character_references = 1;
  int max_background_references = 1;
  std::vector<std::string> sizes = {};         // keys it can do natively or by crop
  std::vector<ModelLimits> model_limits = {};  // of each of `models`; the fields above are the most
  std::size_t prompt_limit = 0;                // characters of a prompt; 0: none known
  bool usable = true;                          // false: say `unusable_reason` and disable
  std::string unusable_reason = {};            // "no key: set OPENAI_API_KEY"
  std::string source = {};                     // file it came from
  std::string layer = {};                      // "built-in", "studio", "user"

  // Of that model, empty: the default one; where it is not listed, of any.
  [[nodiscard]] ModelLimits limits_of(std::string_view model) const;
};

struct Catalogue {
  std::vector<Template> templates = {};
  std::vector<ArtStyle> styles = {};
  std::vector<ImageSize> sizes = {};
  std::vector<ProviderInfo> providers = {};
  std::string default_provider = "sketch";

  // nullptr when there is none by that key.
  [[nodiscard]] const Template* find_template(std::string_view key) const;
  [[nodiscard]] const Shot* find_shot(std::string_view template_key, std::string_view key) const;
  [[nodiscard]] const ArtStyle* find_style(std::string_view key) const;
  [[nodiscard]] const ImageSize* find_size(std::string_view key) const;
  [[nodiscard]] const ProviderInfo* find_provider(std::string_view name) const;
};

// The nine expressions of a sheet in cell order: "happy" ... "laugh".
std::vector<std::string> sheet_poses(const Catalogue& catalogue);

// The `candidates` entry nearest to `word` by edit distance; empty when nothing is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace castboard
