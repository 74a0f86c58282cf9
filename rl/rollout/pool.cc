#include "rl/rollout/pool.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "env/base/check.h"
#include "env/base/error.h"
#include "env/base/json_text.h"
#include "env/vector_env.h"
#include "rl/rollout/episode_run.h"

namespace paperphone::rl {

using agent::PolicyInput;
using agent::PolicyOutput;
using nlohmann::ordered_json;

namespace {

// Bytes as they are: what a model wrote need not be UTF-8, and stays what it was.
std::string hex_of(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::string bytes_of(const std::string& hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out += char(std::stoi(hex.substr(i, 2), nullptr, 16));
  return out;
}

ordered_json to_json(const PolicyOutput& decision) {
  ordered_json json;
  if (decision.action) json["action"] = action_to_json(*decision.action);
  json["response"] = hex_of(decision.response);
  json["sentence"] = hex_of(decision.sentence);
  json["note"] = hex_of(decision.note);
  json["well_formed"] = decision.well_formed;
  json["in_bounds"] = decision.in_bounds;
  return json;
}

PolicyOutput decision_from(const ordered_json& json) {
  PolicyOutput out;
  if (json.contains("action")) {
    const auto parsed = action_from_json(json["action"].get<std::string>());
    if (!parsed.action) throw DataError("a pool's state has an action that is none");
    out.action = parsed.action;
  }
  out.response = bytes_of(json["response"]);
  out.sentence = bytes_of(json["sentence"]);
  out.note = bytes_of(json["note"]);
  out.well_formed = json["well_formed"];
  out.in_bounds = json["in_bounds"];
  return out;
}

}  // namespace

struct ExperiencePool::Parts {
  struct Row {
    explicit Row(PhoneEnv& phone) : run(phone) {}
    EpisodeRun run;
    std::uint64_t episode = 0;  // the present one, or the next if there is none
    bool plays = false;
    Driver driver = Driver::kPolicy;
    EpisodeJob job;
    std::vector<PolicyOutput> decisions;  // of the episode, wrong turns aside
    int steps = 0;                        // wrong turns, too
  };

  Parts(const Phones& phones, const PoolConfig& config)
      : config(config),
        apps(phones.apps()),
        envs([&](int) { return phones.make(/*pixels=*/true); },
             {.num_envs = config.num_rows, .num_threads = config.num_threads}),
        expert(agent::make_expert_policy()) {
    CHECK_GE(config.num_rows, 1);
    for (int row = 0; row < config.num_rows; ++row) {
      rows.emplace_back(static_cast<PhoneEnv&>(envs.env(row)));
      rows.back().episode = std::uint64_t(row);
    }
    all.resize(std::size_t(config.num_rows));
    std::iota(all.begin(), all.end(), 0);
    const std::uint64_t seed = Rng(config.seed).fork(config.stream).fork("pool").next();
    by_policy.seed = by_expert.seed = seed;
    by_expert.noise = config.noise;
    for (RolloutOptions* options : {&by_policy, &by_expert})
      // Somebody looks: rows that err have advice, too.
      options->observe = [](const EpisodeView&) {};
  }

  RunContext context(const RolloutOptions& options, std::string name,
                     int earlier_screens) const {
    return {.options = options,
            .apps = apps,
            .policy_wants_advice = true,  // every state has it
            .earlier_screens = earlier_screens,
            .policy_name = std::move(name),
            .app_set_hash = apps.content_hash.hex()};
  }

  // The contexts of all open episodes: they stay where they are.
  void expect(const agent::Policy& policy) {
    if (policy_context) return;
    policy_context.emplace(context(by_policy, policy.name(), policy.earlier_screens()));
    expert_context.emplace(context(by_expert, expert->name(), policy.earlier_screens()));
  }

  void begin(Row& row) {
    row.job = stream_jobs({.split = config.split,
                           .seed = config.seed,
                           .name = config.stream,
                           .max_turns = config.max_turns},
                          row.episode, 1)
                  .front();
    row.driver = Rng(row.job.seed).fork("driver").chance(config.expert_share)
                     ? Driver::kExpert
                     : Driver::kPolicy;
    row.run.begin(row.driver == Driver::kExpert ? *expert_context : *policy_context,
                  row.episode, row.job, nullptr);
    row.plays = true;
    row.decisions.clear();
    row.steps = 0;
  }

  // On the pool's threads.
  template <class Work>
  void each(const Work& work) {
    envs.call(all, [&](int row, Env&) { work(rows[std::size_t(row)]); });
  }

  void show(Row& row, const std::function<void(const PoolState&)>& to) {
    if (to) to({int(&row - rows.data()), row.episode, row.driver, row.run.view()});
  }

  void decide(agent::Policy& policy) {
    std::vector<PolicyInput> asked, shown;
    std::vector<Row*> asked_rows, shown_rows;
    for (Row& row : rows) {
      if (!row.run.wants_decision()) continue;
      if (row.driver == Driver::kExpert) {
        shown.push_back(row.run.input());
        shown_rows.push_back(&row);
      }
      if (row.driver == Driver::kPolicy || config.ask_everywhere) {
        asked.push_back(row.run.input());
        asked.back().episode = std::size_t(&row - rows.data());
        asked_rows.push_back(&row);
      }
    }
    const auto carry_out = [](Row& row, PolicyOutput&& decision) {
      row.decisions.push_back(decision);
      row.run.decide(std::move(decision));
    };
    if (!asked.empty()) {
      std::vector<PolicyOutput> outputs = policy.act(asked);
      for (std::size_t i = 0; i < asked.size(); ++i)
        if (asked_rows[i]->driver == Driver::kPolicy)
          carry_out(*asked_rows[i], std::move(outputs[i]));
    }
    if (shown.empty()) return;
    std::vector<PolicyOutput> outputs = expert->act(shown);
    for (std::size_t i = 0; i < shown.size(); ++i)
      carry_out(*shown_rows[i], std::move(outputs[i]));
  }

  const PoolConfig config;
  const app::AppSet& apps;
  VectorEnv envs;
  std::unique_ptr<agent::Policy> expert;
  std::vector<Row> rows;
  std::vector<int> all;  // 0, 1, ...
  RolloutOptions by_policy, by_expert;
  std::optional<RunContext> policy_context, expert_context;
};

ExperiencePool::ExperiencePool(const Phones& phones, const PoolConfig& config)
    : parts_(std::make_unique<Parts>(phones, config)) {}

ExperiencePool::~ExperiencePool() = default;

void ExperiencePool::advance(agent::Policy& policy, const PoolHooks& hooks) {
  Parts& p = *parts_;
  p.expect(policy);
  p.each([&](Parts::Row& row) {
    if (!row.plays) p.begin(row);
    row.run.look();
    p.show(row, hooks.visit);
  });
  p.decide(policy);
  p.each([&](Parts::Row& row) {
    p.show(row, hooks.decided);
    row.run.act();
    ++row.steps;
  });
  for (Parts::Row& row : p.rows) {
    if (!row.run.over()) continue;
    if (hooks.on_done) hooks.on_done(row.driver, row.run.take());
    row.plays = false;
    row.episode += p.rows.size();
  }
}

std::string ExperiencePool::state() const {
  ordered_json json;
  json["stream"] = parts_->config.stream;
  json["seed"] = parts_->config.seed;
  json["rows"] = ordered_json::array();
  for (const Parts::Row& row : parts_->rows) {
    ordered_json one = {{"episode", row.episode}, {"steps", row.plays ? row.steps : -1}};
    if (row.plays) {
      one["decisions"] = ordered_json::array();
      for (const PolicyOutput& decision : row.decisions)
        one["decisions"].push_back(to_json(decision));
    }
    json["rows"].push_back(std::move(one));
  }
  return json_text(json);
}

void ExperiencePool::restore(std::string_view state, const agent::Policy& policy) {
  Parts& p = *parts_;
  p.expect(policy);
  const auto json = ordered_json::parse(state, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("rows") ||
      json["rows"].size() != p.rows.size() || json.value("stream", "") != p.config.stream)
    throw DataError("the state of a pool was not written by one like this");
  p.each([&](Parts::Row& row) {
    const ordered_json& saved = json["rows"][std::size_t(&row - p.rows.data())];
    row.episode = saved["episode"];
    row.plays = false;
    const int steps = saved["steps"];
    if (steps < 0) return;
    p.begin(row);
    for (std::size_t next = 0; row.steps < steps; ++row.steps) {
      row.run.look();
      if (row.run.wants_decision()) {
        row.decisions.push_back(decision_from(saved["decisions"].at(next++)));
        row.run.decide(PolicyOutput(row.decisions.back()));
      }
      row.run.act();
    }
  });
}

}  // namespace paperphone::rl
