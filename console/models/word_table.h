// How the words of an enum's values are written: one row a value, in the enum's order, and none left out.
// Thread: constants. Owner: nobody. Flow: the tables of words_*.cpp only.
#pragma once

#include "console/models/text.h"
#include "console/models/words.h"
#include "shared/model/fields.h"

// Marks a text for the translators; Models::tr says it in the reader's language.
#define WORD(text) QT_TRANSLATE_NOOP("Models", text)

namespace cohort::console::words {

template <model::Named E>
struct Row
{
    E value;
    const char* text;
    Tone tone = Tone::Neutral;
};

// Whether each value of the enum has its row, at its place.
template <model::Named E, std::size_t N>
constexpr bool isWhole(const Row<E> (&table)[N])
{
    for (std::size_t i = 0; i < N; ++i)
        if (static_cast<std::size_t>(table[i].value) != i)
            return false;
    return N == enumNames(E{}).size();
}

template <model::Named E, std::size_t N>
Word find(const Row<E> (&table)[N], E value)
{
    const Row<E>& row = table[static_cast<std::size_t>(value)];
    return {Models::tr(row.text), row.tone};
}

} // namespace cohort::console::words
