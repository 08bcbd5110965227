// Names without the spaces around them, as an import reads them from a file. Thread: pure function. Owner: nobody.
// Flow: an upload's texts → here → message_reader.
#pragma once

#include <algorithm>
#include <string_view>

namespace cohort::ingest {

inline std::string_view trimmed(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

} // namespace cohort::ingest
