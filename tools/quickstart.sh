#!/usr/bin/env bash
# From a fresh Debian 12 to a trained and judged agent: installs packages, builds,
# trains the tiny agent through the stages, evaluates, shows the table.
#   tools/quickstart.sh [RECIPE] [OUT]     default: rl/recipes/quickstart.yaml runs/quickstart
set -euo pipefail
cd "$(dirname "$0")/.."
recipe=${1:-rl/recipes/quickstart.yaml}
out=${2:-runs/quickstart}
episodes=${PAPERPHONE_EPISODES:-100}
apps=${PAPERPHONE_QUICKSTART_APPS:-messenger,settings,shop,train}  # as in the recipe

. tools/packages.sh
install_packages "${paperphone_packages[@]}"
cmake --preset release -DPAPERPHONE_TESTS=OFF >/dev/null
cmake --build --preset release -j "${PAPERPHONE_JOBS:-$(nproc)}"
bin=build/release/bin

echo "== training ($recipe) =="
started=$SECONDS
resume=()
[ -d "$out" ] && resume=(--resume)
"$bin/paperphone" train "$recipe" --out "$out" "${resume[@]}"

echo "== judging on held-out seeds ($episodes episodes each) =="
for policy in random stage1 stage2 stage3 expert; do
  source=$policy
  [[ $policy == stage* ]] && source=$out/$policy
  [[ $policy == stage* && ! -d $source ]] && continue
  rm -f "$out/eval_$policy.db"*
  "$bin/paperphone" eval --policy "$source" --split test --app "$apps" --episodes "$episodes" --seed 1 \
    --out "$out/eval_$policy.db" --json >"$out/eval_$policy.json"
done

python3 tools/stage_table.py "$out" | tee "$out/table.txt"
curves=$(python3 tools/plot_metrics.py "$out")
minutes=$(((SECONDS - started + 30) / 60))
cat <<EOF

Training and judging took $minutes minutes. To look at what the agent did:
  $bin/paperphone-viewer $out/eval_stage3.db                         # in a window
  $bin/paperphone replay $out/eval_stage3.db                         # as a list
  $bin/paperphone replay $out/eval_stage3.db 1 --frames $out/frames  # one, as pictures
Loss and reward curves: $curves (from metrics.jsonl)
EOF
