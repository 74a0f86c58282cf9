#include "rl/bench/bench_machine.h"

namespace paperphone::rl {

Gemm::Gemm(torch::Dtype dtype) {
  const auto n = std::int64_t(kSize);
  a_ = torch::randn({n, n}).to(dtype);
  b_ = torch::randn({n, n}).to(dtype);
}

void Gemm::run() const {
  const torch::NoGradGuard no_grad;
  torch::mm(a_, b_);
}

double gemm_gflops(torch::Dtype dtype, double seconds) {
  const Gemm gemm(dtype);
  return Gemm::gigaflop() / time_per_call(seconds, [&] { gemm.run(); });
}

double read_gigabytes_per_s(double seconds) {
  const torch::NoGradGuard no_grad;
  const auto values = torch::ones({64 << 20}, torch::kFloat32);
  return 4e-9 * double(values.numel()) / time_per_call(seconds, [&] { values.sum(); });
}

}  // namespace paperphone::rl
