// From a header that Beast has parsed to a Request: every rule that Beast leaves to its user is checked here.
// Thread: pure functions. Owner: nobody. Flow: HttpProtocol → checkedHeader(), requestOf().
// Source: RFC 9112 sections 2.2, 3.2, 6.1, 6.3; RFC 6455 section 4.2.
#pragma once

#include "server/net/http.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>

namespace cohort::net {

using HttpParser = boost::beast::http::request_parser<boost::beast::http::string_body>;
using HttpHeader = boost::beast::http::request_header<>;

struct HeaderFault
{
    int status = 400;
    std::string_view reason;
};

// What is wrong with the header, or nothing.
std::optional<HeaderFault> headerFault(const HttpHeader& header);
// True when the client waits for 100 Continue.
bool expectsContinue(const HttpHeader& header);
// True when the header asks to become a WebSocket; `upgradeFault` then says what is wrong with that.
bool isUpgrade(const HttpHeader& header);
std::optional<HeaderFault> upgradeFault(const HttpParser& parser);
// All of them, in order.
Headers headersOf(const HttpHeader& header);
// The request as handlers see it, without its headers; nothing when its target cannot be decoded.
std::optional<Request> requestOf(HttpParser& parser);
// The bytes of a response; `isHead`: without its body.
std::string serialized(const Response& response, bool isHead, bool keepAlive, const std::string& date);
// The value of Sec-WebSocket-Accept for this key.
std::string webSocketAccept(std::string_view key);

} // namespace cohort::net
