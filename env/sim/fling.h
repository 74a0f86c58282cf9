// How far a page goes under a swipe: the finger's way, then the fling that Android's
// OverScroller adds. Integers alone, so that every machine agrees to the dp.
#pragma once

namespace paperphone::sim {

inline constexpr int kTouchSlop = 8;         // dp a finger moves before it drags
inline constexpr int kLeastFlingSpeed = 50;  // dp/s; a slower finger only drags
inline constexpr int kMostFlingSpeed = 8000;

// dp that content travels on after it was let go at `speed` dp/s (not negative).
int fling_distance(int speed);

// dp that content has moved once it rests, for a finger that moved `finger` dp in a
// straight line in `duration_ms`. Has the finger's sign; 0 within the touch slop.
int swipe_travel(int finger, int duration_ms);

}  // namespace paperphone::sim
