#include "server/net/http_request.h"

#include "server/net/text.h"

#include <algorithm>

namespace cohort::net {

namespace beast_http = boost::beast::http;
using beast_http::field;

namespace {

std::string_view text(boost::beast::string_view view)
{
    return {view.data(), view.size()};
}

std::string_view value(const HttpHeader& header, field name)
{
    return text(header[name]);
}

std::optional<HeaderFault> lengthFault(const HttpHeader& header)
{
    const auto lengths = header.count(field::content_length);
    const auto encodings = header.count(field::transfer_encoding);
    if (lengths > 1 || encodings > 1)
        return HeaderFault{400, "one Content-Length or one Transfer-Encoding, please"};
    if (lengths > 0 && encodings > 0)
        return HeaderFault{400, "Content-Length together with Transfer-Encoding"};
    if (encodings > 0 && !equalIgnoringCase(trimmed(value(header, field::transfer_encoding)), "chunked"))
        return HeaderFault{400, "the only Transfer-Encoding understood is chunked"};
    if (encodings > 0 && header.version() == 10)
        return HeaderFault{400, "Transfer-Encoding in HTTP/1.0"};
    return std::nullopt;
}

std::optional<HeaderFault> targetFault(std::string_view target)
{
    if (target.empty() || target.find('#') != std::string_view::npos)
        return HeaderFault{400, "the request target must be a path"};
    const bool isAbsolute = target.starts_with("http://") || target.starts_with("https://");
    if (target.front() != '/' && target != "*" && !isAbsolute)
        return HeaderFault{400, "the request target must be a path"};
    return std::nullopt;
}

} // namespace

std::optional<HeaderFault> headerFault(const HttpHeader& header)
{
    if (header.version() != 10 && header.version() != 11)
        return HeaderFault{400, "only HTTP/1.0 and HTTP/1.1 are spoken here"};
    const auto hosts = header.count(field::host);
    if (hosts > 1 || (hosts == 0 && header.version() == 11))
        return HeaderFault{400, "exactly one Host, please"};
    if (auto fault = lengthFault(header))
        return fault;
    const auto expected = trimmed(value(header, field::expect));
    if (!expected.empty() && !equalIgnoringCase(expected, "100-continue"))
        return HeaderFault{417, "the only expectation understood is 100-continue"};
    const auto method = text(header.method_string());
    if (method == "TRACE" || method == "CONNECT")
        return HeaderFault{405, "this method is not spoken here"};
    if (!std::all_of(method.begin(), method.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; }))
        return HeaderFault{400, "a method has upper-case letters"};
    return targetFault(text(header.target()));
}

bool expectsContinue(const HttpHeader& header)
{
    return header.version() == 11 && equalIgnoringCase(trimmed(value(header, field::expect)), "100-continue");
}

bool isUpgrade(const HttpHeader& header)
{
    return header.version() == 11 && listHas(value(header, field::connection), "upgrade") &&
           listHas(value(header, field::upgrade), "websocket");
}

std::optional<HeaderFault> upgradeFault(const HttpParser& parser)
{
    const HttpHeader& header = parser.get();
    if (text(header.method_string()) != "GET")
        return HeaderFault{400, "a WebSocket begins with GET"};
    const bool hasBody = parser.chunked() || parser.content_length().value_or(0) > 0;
    if (hasBody)
        return HeaderFault{400, "a WebSocket's request has no body"};
    if (trimmed(value(header, field::sec_websocket_version)) != "13")
        return HeaderFault{426, "only WebSocket version 13 is spoken here"};
    const auto key = trimmed(value(header, field::sec_websocket_key));
    const bool isKey = header.count(field::sec_websocket_key) == 1 && key.size() == 24 && key.ends_with("==");
    if (!isKey)
        return HeaderFault{400, "Sec-WebSocket-Key must be 16 bytes in base64"};
    return std::nullopt;
}

Headers headersOf(const HttpHeader& header)
{
    Headers headers;
    for (const auto& field : header)
        headers.emplace_back(text(field.name_string()), text(field.value()));
    return headers;
}

std::optional<Request> requestOf(HttpParser& parser)
{
    auto& message = parser.get();
    std::string_view target = text(message.target());
    if (target.starts_with("http")) {
        const std::size_t authority = target.find("://") + 3;
        const std::size_t path = std::min(target.find_first_of("/?", authority), target.size());
        target.remove_prefix(path);
    }
    const std::size_t mark = std::min(target.find('?'), target.size());
    auto path = percentDecoded(target.substr(0, mark), false);
    auto query = parsedQuery(target.substr(std::min(mark + 1, target.size())));
    if (!path || !query)
        return std::nullopt;
    Request request;
    request.method = std::string(text(message.method_string()));
    request.path = path->empty() ? "/" : std::move(*path);
    request.query = std::move(*query);
    request.body = std::move(message.body());
    return request;
}

} // namespace cohort::net
