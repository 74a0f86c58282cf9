#include "rl/bench_machine.h"

namespace paperphone {

double gemm_gflops(torch::Dtype dtype, double seconds) {
  constexpr int n = 1024;
  const torch::NoGradGuard no_grad;
  const auto a = torch::randn({n, n}).to(dtype);
  const auto b = torch::randn({n, n}).to(dtype);
  return 2e-9 * n * n * n / time_per_call(seconds, [&] { torch::mm(a, b); });
}

double read_gigabytes_per_s(double seconds) {
  const torch::NoGradGuard no_grad;
  const auto values = torch::ones({64 << 20}, torch::kFloat32);
  return 4e-9 * double(values.numel()) / time_per_call(seconds, [&] { values.sum(); });
}

}  // namespace paperphone
