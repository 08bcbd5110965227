// What every target is: bytes from outside go in, and what must hold whatever they are is asserted.
// Thread: the caller's. Owner: nobody. Flow: libFuzzer (fuzzer.cpp) or the committed corpus (tst_corpus.cpp) → check().
#pragma once

#include <QStringDecoder>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

namespace cohort::fuzz {

// Each target has its own, in the file of its name. Aborts when something does not hold.
void check(std::span<const std::byte> input);

inline void holds(bool condition, const char* what)
{
    if (condition)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

inline std::string_view textOf(std::span<const std::byte> input)
{
    return {reinterpret_cast<const char*>(input.data()), input.size()};
}

// UTF-8, as Qt's decoder has it: another opinion than the one that is tested.
inline bool isText(std::string_view text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    return !decoder.hasError() && decoded.size() <= static_cast<qsizetype>(text.size());
}

// How many bytes to give at once when a target is told its input in pieces: each byte alone where that is affordable.
inline std::size_t pieceOf(std::string_view input)
{
    return input.size() <= 64 ? 1 : 7;
}

} // namespace cohort::fuzz
