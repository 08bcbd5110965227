// Whether the database can hold a submission at all: asked before, so that one with rubbish in it spoils no batch.
// Thread: pure functions. Owner: nobody. Flow: Committer → here → BatchWriter, or the submitter's error.
#pragma once

#include "server/store/log/committer.h"

namespace cohort::store {

// Text is UTF-8 without U+0000 and at most 1 KiB a value, numbers are finite, times lie between 1970 and 2199, events
// are events. Errors: WrongMeasurement, WrongValue; the detail says which.
Result<void> checkStorable(const Submission& submission);
// The same of one measurement, for who wants to name it.
Result<void> checkStorable(const NewMeasurement& one);

} // namespace cohort::store
