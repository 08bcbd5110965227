#include "shared/base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace cohort {

namespace {

constexpr std::uint64_t HighBits = 0x8080808080808080U;

// The length of the sequence at the front, or 0 when there is none that is well-formed.
std::size_t sequenceLength(const unsigned char* p, std::size_t left)
{
    const auto follows = [&](std::size_t at, unsigned low = 0x80, unsigned high = 0xBF) {
        return at < left && p[at] >= low && p[at] <= high;
    };
    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        return follows(1) ? 2 : 0;
    // The second byte's range keeps out overlong forms, surrogates and what is over U+10FFFF.
    if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        const unsigned low = p[0] == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = p[0] == 0xED ? 0x9F : 0xBF;
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        const unsigned low = p[0] == 0xF0 ? 0x90 : 0x80;
        const unsigned high = p[0] == 0xF4 ? 0x8F : 0xBF;
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

} // namespace

std::size_t firstNotUtf8(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0;
        if (text.size() - at >= 8 && (std::memcpy(&eight, bytes + at, 8), (eight & HighBits) == 0)) {
            at += 8;
            continue;
        }
        const std::size_t length = sequenceLength(bytes + at, text.size() - at);
        if (length == 0)
            return at;
        at += length;
    }
    return at;
}

bool isUtf8(std::string_view text)
{
    return firstNotUtf8(text) == text.size();
}

bool isLonger(QStringView text, qsizetype most)
{
    if (text.size() <= most)
        return false;
    const auto second = std::count_if(text.begin(), text.end(), [](QChar unit) { return unit.isLowSurrogate(); });
    return text.size() - second > most;
}

} // namespace cohort
