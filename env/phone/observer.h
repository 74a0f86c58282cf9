// What is seen of an episode. Private to env/phone.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "env/phone/episode.h"
#include "env/phone/screen.h"
#include "env/phone/shared.h"

namespace paperphone {

// Keeps what observations look into until the next one. Not thread-safe; one for each
// environment.
class Observer {
 public:
  // shared must outlive it.
  Observer(const PhoneShared& shared, bool pixels, bool hashes)
      : shared_(shared),
        pixels_(pixels),
        hashes_(hashes),
        screen_(shared.layout, shared.pieces) {}

  Screen& screen() { return screen_; }

  // Fills info.screen_id, elapsed_ms and, where they are asked for, the hashes too.
  Observation observe(const PhoneEpisode& episode, Modality modality, Info& info);

 private:
  void show(const PhoneEpisode& episode, Modality modality, Observation& observation,
            Info& info);
  std::span<const UiNode> read_tree(const PhoneEpisode& episode);

  const PhoneShared& shared_;
  const bool pixels_;
  const bool hashes_;
  Screen screen_;
  std::shared_ptr<const ScreenFrame> handed_out_;  // keeps Observation::screen valid
  std::vector<UiNode> tree_;
};

}  // namespace paperphone
