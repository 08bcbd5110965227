#include "server/net/content_encoding.h"

#include "server/net/text.h"

#include <zlib.h>

#include <array>
#include <memory>

namespace cohort::net {

namespace {

constexpr int WithGzipHeader = 16 + MAX_WBITS;

struct EndInflate
{
    void operator()(z_stream* stream) const { inflateEnd(stream); }
};

// Some clients join several members; together they are one text.
std::optional<BodyFault> inflateAll(std::string& packed, std::size_t most, std::string& plain)
{
    z_stream stream{};
    if (inflateInit2(&stream, WithGzipHeader) != Z_OK)
        return BodyFault{503, "the body cannot be unpacked now"};
    const std::unique_ptr<z_stream, EndInflate> ended(&stream);
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    std::array<char, 16 * 1024> some{};
    for (;;) {
        stream.next_out = reinterpret_cast<Bytef*>(some.data());
        stream.avail_out = static_cast<uInt>(some.size());
        const int done = inflate(&stream, Z_NO_FLUSH);
        if (done != Z_OK && done != Z_STREAM_END)
            return BodyFault{400, "the body is not gzip, or not all of it came"};
        plain.append(some.data(), some.size() - stream.avail_out);
        if (plain.size() > most)
            return BodyFault{413, "the body is over the limit when it is unpacked"};
        if (done == Z_STREAM_END && stream.avail_in == 0)
            return std::nullopt;
        if (done == Z_STREAM_END && inflateReset(&stream) != Z_OK)
            return BodyFault{400, "the body is not gzip"};
    }
}

} // namespace

std::optional<BodyFault> unpackBody(Request& request, std::size_t most)
{
    const std::string_view encoding = trimmed(request.header("Content-Encoding"));
    if (request.body.empty() || encoding.empty() || equalIgnoringCase(encoding, "identity"))
        return std::nullopt;
    if (!equalIgnoringCase(encoding, "gzip") && !equalIgnoringCase(encoding, "x-gzip"))
        return BodyFault{415, "the Content-Encoding '" + std::string(encoding.substr(0, 40)) +
                                  "' is not understood; use gzip or none"};
    std::string plain;
    if (auto fault = inflateAll(request.body, most, plain))
        return fault;
    request.body = std::move(plain);
    return std::nullopt;
}

} // namespace cohort::net
