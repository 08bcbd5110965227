// A device's JSON as a tree with positions, strict where JSON parsers are lenient: duplicate names, NUL in names,
// nesting over 16, numbers that are not finite and bytes that are not UTF-8 are errors that say where.
// Thread: one. Owner: a decoder. Flow: bytes → simdjson → nodes. The views end with the next parse().
#pragma once

#include "shared/base/result.h"

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cohort::ingest {

enum class JsonKind : std::uint8_t { Null, Boolean, Integer, Real, Text, List, Object };

struct JsonNode
{
    JsonKind kind = JsonKind::Null;
    bool boolean = false;
    std::uint32_t begin = 0; // bytes of the source
    std::uint32_t end = 0;
    std::uint32_t child = 0;  // index of the first member; 0: none
    std::uint32_t next = 0;   // index of the next sibling; 0: none
    std::int64_t integer = 0; // Integer: fits into 63 bits and a sign
    double number = 0;        // Integer, Real: the nearest double; infinite: beyond all of them
    std::string_view key;     // in an object
    std::string_view text;    // Text, unescaped UTF-8
};

class JsonTree
{
public:
    static constexpr int MaxDepth = 16;

    // Parses all of `json`, behind a byte order mark where there is one. Errors: CannotParse, whose detail names the
    // byte.
    Result<void> parse(std::string_view json);

    const JsonNode& root() const { return m_nodes.front(); }
    const JsonNode* first(const JsonNode& parent) const { return at(parent.child); }
    const JsonNode* next(const JsonNode& node) const { return at(node.next); }
    // The member of this name, or null; also null when `object` is none.
    const JsonNode* find(const JsonNode& object, std::string_view name) const;
    // The node's own source text.
    std::string_view raw(const JsonNode& node) const;

private:
    const JsonNode* at(std::uint32_t index) const { return index == 0 ? nullptr : &m_nodes[index]; }
    std::uint32_t offsetOf(const char* location) const;
    std::uint32_t nextToken();
    Result<std::uint32_t> add(simdjson::ondemand::value value, int depth);
    Result<void> addScalar(simdjson::ondemand::value value, JsonNode& node);
    Result<void> addList(simdjson::ondemand::value value, std::uint32_t parent, int depth);
    Result<void> addObject(simdjson::ondemand::value value, std::uint32_t parent, int depth);
    Result<void> refuseDuplicates(std::uint32_t parent) const;
    Result<void> refuseDuplicatesOfMany(std::uint32_t parent) const;
    static tl::unexpected<Error> twice(const JsonNode& member);
    Result<void> refuseWords(std::uint32_t begin) const;
    tl::unexpected<Error> broken(simdjson::error_code error);

    simdjson::ondemand::parser m_parser;
    simdjson::ondemand::document m_document;
    std::string m_source; // with the padding simdjson reads
    std::size_t m_size = 0;
    std::vector<JsonNode> m_nodes;
};

} // namespace cohort::ingest
