// What this project needs of LibTorch. <torch/torch.h> takes three times as long to
// read; this header is precompiled (agent/CMakeLists.txt).
#pragma once

#include <torch/autograd.h>
#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <torch/version.h>
