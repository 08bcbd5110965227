// OpenSSL's context of one port: certificate, key, TLS 1.2 and later, memory kept small.
// Thread: made on the owner's, then constant. Owner: Port. Flow: ListenOptions → here → Transport.
#pragma once

#include "shared/base/result.h"

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace cohort::net {

struct TlsFree
{
    void operator()(ssl_ctx_st* context) const;
    void operator()(ssl_st* connection) const;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, TlsFree>;
using TlsConnection = std::unique_ptr<ssl_st, TlsFree>;

// Errors: WrongValue (a file that cannot be read, a key that does not belong to the certificate).
Result<TlsContext> makeTlsContext(const std::string& certificateFile, const std::string& keyFile);

} // namespace cohort::net
