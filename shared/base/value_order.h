// Which of two numbers is the smaller one, where doubles alone would not say. Thread: pure function. Owner: nobody.
// Flow: samples → here → the least and the greatest of a stretch, for charts and scripts.
#pragma once

#include "shared/base/value.h"

namespace cohort {

// Both have a number. Integers that share their nearest double are told apart by their digits.
inline bool isLess(const Value& left, const Value& right)
{
    if (*left.number != *right.number)
        return *left.number < *right.number;
    const auto leftWhole = wholeOf(left), rightWhole = wholeOf(right);
    return leftWhole && rightWhole && *leftWhole < *rightWhole;
}

} // namespace cohort
