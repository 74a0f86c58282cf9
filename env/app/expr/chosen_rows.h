// The rows that pick(record, condition) and shuffled(record, condition) choose from,
// remembered while worlds are made: rows by the hundred choose among the same few.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "env/app/expr/expr.h"

namespace paperphone::app {

// How a choice depends on where it is made.
struct ChoicePlan {
  // Parts of the condition that are the same for all rows it is asked of, such as
  // `row.category`: by their values, the rows are the same.
  std::vector<const ExprNode*> given;
  bool is_lasting = true;  // false: it draws, or looks into other records by the row
  bool is_fixed = true;    // files alone say what it reads of the rows, in every world
};
// REQUIRES: the node is a pick or shuffled of a record.
ChoicePlan plan_choice(const ExprNode& choice, const AppSet& apps);

// Thread-safe. Nodes and app set must outlive it.
class ChosenRows {
 public:
  using Rows = std::shared_ptr<const std::vector<std::int32_t>>;
  using Key = std::vector<Value>;

  const ChoicePlan& plan(const ExprNode& choice, const AppSet& apps);
  // nullptr: not known yet.
  Rows find(const ExprNode& choice, const Key& given) const;
  // Of two that are added the first one stays; returned is what stands.
  Rows add(const ExprNode& choice, Key given, Rows rows);

 private:
  struct Less {
    bool operator()(const Key& a, const Key& b) const;
  };
  mutable std::shared_mutex mutex_;
  std::unordered_map<const ExprNode*, ChoicePlan> plans_;
  std::unordered_map<const ExprNode*, std::map<Key, Rows, Less>> rows_;
};

}  // namespace paperphone::app
