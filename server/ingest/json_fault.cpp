#include "server/ingest/json_fault.h"

#include <cstdint>

namespace cohort::ingest {

namespace {

// Bytes of the sequence that begins at `at`, 0 when it is not UTF-8.
std::size_t sequenceLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const std::uint32_t lead = byte(at);
    if (lead < 0x80)
        return 1;
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    std::uint32_t point = lead & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xc0u) != 0x80u)
            return 0;
        point = (point << 6) | (byte(at + i) & 0x3fu);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    return overlong || surrogate || point > 0x10ffff ? 0 : length;
}

} // namespace

std::size_t firstNotUtf8(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = sequenceLength(text, at);
        if (length == 0)
            return at;
        at += length;
    }
    return text.size();
}

std::size_t firstBrokenString(std::string_view json)
{
    bool inside = false;
    std::size_t opened = 0;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (inside && json[i] == '\\') {
            ++i;
        } else if (json[i] == '"') {
            inside = !inside;
            opened = i;
        } else if (inside && static_cast<unsigned char>(json[i]) < 0x20) {
            return i;
        }
    }
    return inside ? opened : json.size();
}

} // namespace cohort::ingest
