#include "server/net/http_request.h"

#include <boost/beast/http/status.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace cohort::net {

namespace {

// A value of a handler's must not begin a new header.
void appendHeader(std::string& out, std::string_view name, std::string_view value)
{
    const auto isBreak = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    out.append(name).append(": ");
    std::remove_copy_if(value.begin(), value.end(), std::back_inserter(out), isBreak);
    out.append("\r\n");
}

bool hasNoBody(int status)
{
    return status < 200 || status == 204 || status == 304;
}

} // namespace

std::string serialized(const Response& response, bool isHead, bool keepAlive, const std::string& date)
{
    const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
    std::string out;
    out.reserve(256 + response.body.size());
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason.data(), reason.size()).append("\r\n");
    appendHeader(out, "Date", date);
    if (!hasNoBody(response.status)) {
        if (!response.contentType.empty())
            appendHeader(out, "Content-Type", response.contentType);
        appendHeader(out, "Content-Length", std::to_string(response.body.size()));
    }
    for (const auto& [name, value] : response.headers)
        appendHeader(out, name, value);
    appendHeader(out, "Connection", keepAlive ? "keep-alive" : "close");
    out.append("\r\n");
    if (!isHead && !hasNoBody(response.status))
        out.append(response.body);
    return out;
}

std::string webSocketAccept(std::string_view key)
{
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha1(), nullptr) != 1)
        return {};
    std::array<unsigned char, 64> encoded{};
    const int size = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(length));
    return {reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(size)};
}

} // namespace cohort::net
