#include "agent/ops/flash_attention.h"

#include "agent/kernels/dynamic_parallel.h"
#include "agent/kernels/flash_attention.h"
#include "agent/kernels/kernel_dispatch.h"
#include "agent/ops/opaque_tensor.h"
#include "env/base/check.h"

namespace paperphone::agent {
namespace {

using kernels::AttentionMask;
using kernels::Bf16;
using kernels::KeyBlock;
using kernels::QueryBlock;
using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

// All tensors of an attention, contiguous. Backwards all of them, else the first five.
struct Operands {
  Tensor q, k, v, out, log_sums;
  Tensor dout, dq, dk, dv;

  // Rows from `first` on: of keys and values, and of queries.
  KeyBlock keys(std::int64_t first, std::int64_t count) const {
    return {row(k, first), row(v, first), count, row(dk, first), row(dv, first)};
  }
  QueryBlock queries(std::int64_t first, std::int64_t count) const {
    QueryBlock block;
    block.queries = row(q, first);
    block.count = count;
    block.out = row(out, first);
    block.log_sums = data<float>(log_sums) + first;
    block.dout = row(dout, first);
    block.dqueries = row(dq, first);
    return block;
  }

 private:
  static Bf16* row(const Tensor& x, std::int64_t first) {
    return x.defined() ? data<Bf16>(x) + first * x.size(-1) : nullptr;
  }
};

// One unit of the work: what shares keys.
struct Unit {
  std::vector<KeyBlock> runs;
  std::vector<QueryBlock> blocks;
};

// make_unit(operands, i) for i in 0 .. units.
template <class MakeUnit>
void run_units(const Operands& x, std::int64_t units, double scale,
               MakeUnit make_unit) {
  const std::int64_t E = x.q.size(-1);
  parallel_for_dynamic(units, [&](std::int64_t i, kernels::Scratch& scratch) {
    const Unit unit = make_unit(x, i);
    if (x.dout.defined())
      kernels::flash_attention_backward(unit.runs, unit.blocks, E, float(scale),
                                        scratch);
    else
      kernels::flash_attention(unit.runs, unit.blocks, E, float(scale), scratch);
  });
}

Tensor log_sums_of(const Tensor& q) {
  return torch::empty({q.numel() / q.size(-1)}, torch::kFloat32);
}

// ---- everything visible -----------------------------------------------------

void attend_all(const Operands& x, double scale) {
  const std::int64_t Q = x.q.size(1), K = x.k.size(1);
  run_units(x, x.q.size(0), scale, [Q, K](const Operands& of, std::int64_t i) {
    Unit unit{{of.keys(i * K, K)}, {of.queries(i * Q, Q)}};
    unit.blocks[0].masks[0] = {0, K, 0, K};
    return unit;
  });
}

// ---- prefixes and segments --------------------------------------------------

// Unit b * K + k: a row's prefix and segments under one key head, and the queries of
// its G query heads.
void attend_packed(const Operands& x, const PackedLayout& layout, double scale) {
  const std::int64_t S = x.q.size(2), H = x.q.size(1), K = x.k.size(1), G = H / K;
  run_units(x, x.q.size(0) * K, scale, [&](const Operands& of, std::int64_t i) {
    const std::int64_t b = i / K, k = i % K;
    const auto& parts = layout.runs_B[std::size_t(b)];
    const std::int64_t shared = parts[0].length;
    Unit unit;
    for (const PositionRun& part : parts)
      unit.runs.push_back(of.keys((b * K + k) * S + part.begin, part.length));
    for (std::int64_t h = k * G; h < (k + 1) * G; ++h)
      for (std::size_t p = 0; p < parts.size(); ++p) {
        if (parts[p].length == 0) continue;
        QueryBlock block =
            of.queries((b * H + h) * S + parts[p].begin, parts[p].length);
        block.masks[0] = {std::int64_t(p), 1, 1, parts[p].length};
        if (p > 0 && shared > 0) {
          block.masks[1] = block.masks[0];
          block.masks[0] = {0, shared, 0, shared};
          block.num_masks = 2;
        }
        unit.blocks.push_back(block);
      }
    return unit;
  });
}

// ---- with gradients ---------------------------------------------------------

// `opaque` holds the layout of packed rows; empty: everything is visible.
void attend(const Operands& x, const Tensor& opaque, double scale) {
  if (opaque.numel() > 0)
    attend_packed(x, opaque_value<PackedLayout>(opaque), scale);
  else
    attend_all(x, scale);
}

// For results; padding gets none and stays zero.
Tensor room_like(const Tensor& heads, const Tensor& opaque) {
  return opaque.numel() > 0 ? torch::zeros_like(heads) : torch::empty_like(heads);
}

struct FlashAttention : Function<FlashAttention> {
  static Tensor forward(AutogradContext* context, const Tensor& q, const Tensor& k,
                        const Tensor& v, const Tensor& opaque, double scale) {
    Operands x{q.contiguous(), k.contiguous(), v.contiguous(), {}, {}, {}, {}, {}, {}};
    x.out = room_like(x.q, opaque);
    x.log_sums = log_sums_of(x.q);
    attend(x, opaque, scale);
    context->saved_data["scale"] = scale;
    context->save_for_backward({x.q, x.k, x.v, x.out, x.log_sums, opaque});
    return x.out;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    Operands x{saved[0], saved[1], saved[2], saved[3], saved[4], {}, {}, {}, {}};
    x.dout = gradients[0].contiguous();
    x.dq = room_like(x.q, saved[5]);
    x.dk = room_like(x.k, saved[5]);
    x.dv = room_like(x.v, saved[5]);
    attend(x, saved[5], context->saved_data["scale"].toDouble());
    return {x.dq, x.dk, x.dv, Tensor(), Tensor()};
  }
};

}  // namespace

bool has_flash_attention(const Tensor& heads) {
  return heads.is_cpu() && heads.scalar_type() == torch::kBFloat16 &&
         kernels::has_flash_attention(heads.size(-1));
}

Tensor flash_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                       double scale) {
  return FlashAttention::apply(q, k, v, torch::empty({0}, torch::kUInt8), scale);
}

Tensor flash_packed_attention(const Tensor& q_BHSE, const Tensor& k_BKSE,
                              const Tensor& v_BKSE, const PackedLayoutPtr& layout,
                              double scale) {
  CHECK_EQ(std::int64_t(layout->runs_B.size()), q_BHSE.size(0));
  return FlashAttention::apply(q_BHSE, k_BKSE, v_BKSE, opaque_tensor(layout), scale);
}

}  // namespace paperphone::agent
