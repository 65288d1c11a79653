#pragma once

#include <string>
#include <vector>

#include "castboard/session.h"

// A Session that does nothing but write down what it is asked, so that a test decides which answers
// come, and when. Link fake_session.cpp into the test: its functions stand in for the real ones.
namespace castboard::fake {

struct Call {
  std::string name;      // "list_versions"
  std::string argument;  // the id, text or URL it was asked with
  std::uint64_t ticket = 0;
};

// Everything asked of any session since the last `clear`.
const std::vector<Call>& calls();
void clear();
int count(const std::string& name);
// The newest call of that name; fails the test when there is none.
Call last(const std::string& name);
const LastViewed& last_marked();
const PictureRequest& last_picture();

template <class T>
Event answer(const Call& call, T value) {
  Reply reply;
  reply.ticket = call.ticket;
  reply.value = Result<T>(std::move(value));
  return reply;
}

template <class T>
Event refusal(const Call& call, Error error) {
  Reply reply;
  reply.ticket = call.ticket;
  reply.value = Result<T>(tl::unexpected(std::move(error)));
  return reply;
}

}  // namespace castboard::fake
