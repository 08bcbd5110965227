#include "server/net/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cstring>

namespace cohort::net {

namespace {

tl::unexpected<Error> refused(const char* what, const std::string& file)
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    const char* reason = code == 0                ? nullptr
                         : ERR_SYSTEM_ERROR(code) ? std::strerror(ERR_GET_REASON(code)) // such as that it is not there
                                                  : ERR_reason_error_string(code);
    return fail(ErrorCode::WrongValue, QStringLiteral("%1 %2: %3")
                                           .arg(QString::fromUtf8(what), QString::fromStdString(file),
                                                QString::fromUtf8(reason != nullptr ? reason : "cannot be used")));
}

} // namespace

void TlsFree::operator()(ssl_ctx_st* context) const
{
    SSL_CTX_free(context);
}

void TlsFree::operator()(ssl_st* connection) const
{
    SSL_free(connection);
}

Result<TlsContext> makeTlsContext(const std::string& certificateFile, const std::string& keyFile)
{
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    if (!context)
        return refused("TLS", "cannot start");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                           SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context.get(), 1);
    ERR_clear_error();
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificateFile.c_str()) != 1)
        return refused("certificate file", certificateFile);
    if (SSL_CTX_use_PrivateKey_file(context.get(), keyFile.c_str(), SSL_FILETYPE_PEM) != 1)
        return refused("key file", keyFile);
    if (SSL_CTX_check_private_key(context.get()) != 1)
        return refused("key file", keyFile);
    return context;
}

} // namespace cohort::net
