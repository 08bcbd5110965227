// Two texts line by line: what both have, what only one has.
// Thread: pure function. Owner: nobody. Flow: two versions' sources → here → script.diff.
// Source: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), the greedy algorithm.
#pragma once

#include "shared/model/script.h"

namespace cohort::scripts {

// The lines of both in order, each named with `file`; a shortest way from one to the other. Texts that differ in more than
// 1,000 lines: from their first difference to their last all lines of `from` are removed and all of `to` added.
QList<model::DiffLine> diffLines(const QString& file, const QString& from, const QString& to);

} // namespace cohort::scripts
