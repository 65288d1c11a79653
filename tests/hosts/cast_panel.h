// Castboard behind an interface of plain C++, for an editor that is older than C++20.
#pragma once

#include <memory>
#include <string>

class CastPanel {
 public:
  explicit CastPanel(const std::string& library);
  ~CastPanel();
  void draw();
  bool settled() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};
