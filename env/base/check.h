// CHECK: an invariant of ours is broken. On in every build, never reachable
// from input; bad input throws Error (env/base/error.h) instead.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

// LibTorch's logging defines macros of these names; ours replace them.
#undef CHECK_EQ
#undef CHECK_LT
#undef CHECK_LE
#undef CHECK_GE

// A stderr that is closed or full must not turn the abort into an exception.
#define PAPERPHONE_CHECK_FAIL(text)                                          \
  do {                                                                       \
    std::fputs(fmt::format("{}:{}: check failed: {}\n", __FILE__, __LINE__,  \
                           text).c_str(), stderr);                           \
    std::abort();                                                            \
  } while (false)

#define CHECK_TRUE(cond)                            \
  do {                                              \
    if (!(cond)) PAPERPHONE_CHECK_FAIL(#cond);      \
  } while (false)

#define CHECK_OP_(a, b, op)                                                  \
  do {                                                                       \
    const auto& check_a = (a);                                               \
    const auto& check_b = (b);                                               \
    if (!(check_a op check_b))                                               \
      PAPERPHONE_CHECK_FAIL(                                                 \
          fmt::format(#a " " #op " " #b " ({} vs {})", check_a, check_b));   \
  } while (false)

#define CHECK_EQ(a, b) CHECK_OP_(a, b, ==)
#define CHECK_LT(a, b) CHECK_OP_(a, b, <)
#define CHECK_LE(a, b) CHECK_OP_(a, b, <=)
#define CHECK_GE(a, b) CHECK_OP_(a, b, >=)
