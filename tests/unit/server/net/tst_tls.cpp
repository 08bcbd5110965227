#include "tests/unit/server/net/server_fixture.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace cohort;
using namespace cohort::testing;
using namespace std::chrono_literals;

namespace {

// A key and a certificate for it, signed by itself, as two PEM files.
bool writeCertificate(const std::string& certificateFile, const std::string& keyFile)
{
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0)
        return false;
    const auto write = [](const std::string& file, const auto& into) {
        const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new_file(file.c_str(), "w"), &BIO_free_all);
        return out && into(out.get()) == 1;
    };
    return write(certificateFile, [&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); }) &&
           write(keyFile, [&](BIO* out) {
               return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
           });
}

} // namespace

class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_certificate = m_folder.filePath(QStringLiteral("certificate.pem")).toStdString();
        m_key = m_folder.filePath(QStringLiteral("key.pem")).toStdString();
        QVERIFY(writeCertificate(m_certificate, m_key));
    }

    void echoesHttpAndFrames()
    {
        RunningServer running({}, m_certificate, m_key);
        QVERIFY(running.started);
        RawClient client = running.connect();
        QVERIFY(client.startTls());
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
        QCOMPARE(client.readHttp().body, std::string("POST /  hi"));
        client.send(upgradeRequest("/ws") + clientFrame("same record"));
        QCOMPARE(client.readHttp().status, 101);
        QCOMPARE(client.readFrame().payload, std::string("same record"));
        for (const std::size_t length : {1U, 20'000U, 65'536U}) {
            client.send(clientFrame(std::string(length, 'x')));
            QCOMPARE(client.readFrame().payload, std::string(length, 'x'));
        }
    }

    void writesWhatIsLargerThanTheSocketTakes()
    {
        RunningServer running({}, m_certificate, m_key);
        RawClient client = running.connect();
        QVERIFY(client.startTls());
        client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        QTest::qWait(50); // the server's buffers fill before anybody reads
        QCOMPARE(client.readHttp().body.size(), std::size_t(4 * 1024 * 1024));
    }

    void saysGoodbyeProperly()
    {
        RunningServer running({}, m_certificate, m_key);
        RawClient client = running.connect();
        QVERIFY(client.startTls());
        client.send("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
        QCOMPARE(client.readHttp().status, 400);
        QVERIFY(client.ends());
    }

    void endsAHandshakeThatIsNotFinished()
    {
        testkit::ManualClock clock;
        RunningServer running({}, m_certificate, m_key, &clock);
        RawClient silent = running.connect();
        RawClient begun = running.connect();
        begun.send(std::string("\x16\x03\x01\x02\x00\x01\x00", 7));
        QVERIFY(RunningServer::passes(clock, [&] { return running.counts(net::Refusal::Tls, 2, 1); }));
        QVERIFY(silent.ends());
        QVERIFY(begun.ends());
    }

    void refusesPlainHttp()
    {
        RunningServer running({}, m_certificate, m_key);
        RawClient client = running.connect();
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(client.ends());
        QVERIFY(running.counts(net::Refusal::Tls));
    }

    void survivesAPeerThatVanishes()
    {
        RunningServer running({}, m_certificate, m_key);
        {
            RawClient client = running.connect();
            QVERIFY(client.startTls());
            client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        QTRY_COMPARE(running.server.figures().open, 0U);
        RawClient next = running.connect();
        QVERIFY(next.startTls());
    }

    void holdsHundredsAtOnce()
    {
        RunningServer running({}, m_certificate, m_key);
        std::vector<RawClient> clients;
        for (int i = 0; i < 200; ++i) {
            clients.push_back(running.connect());
            QVERIFY(clients.back().startTls());
            clients.back().send(upgradeRequest("/ws") + clientFrame(std::to_string(i)));
        }
        for (std::size_t i = 0; i < clients.size(); ++i) {
            QCOMPARE(clients[i].readHttp().status, 101);
            QCOMPARE(clients[i].readFrame().payload, std::to_string(i));
        }
    }

    void refusesFilesThatAreNoKeyAndCertificate()
    {
        const SystemClock clock;
        net::IoThreads threads(1, clock);
        const auto handler = std::make_shared<EchoHandler>();
        const auto errorWith = [&](const std::string& certificate, const std::string& key) {
            net::ListenOptions options;
            options.certificateFile = certificate;
            options.keyFile = key;
            const auto result = net::Server(threads, options, handler).start();
            return result ? ErrorCode::Internal : result.error().code;
        };
        QCOMPARE(errorWith("/nowhere.pem", m_key), ErrorCode::WrongValue);
        QCOMPARE(errorWith(m_certificate, m_certificate), ErrorCode::WrongValue);
        QCOMPARE(errorWith(m_certificate, {}), ErrorCode::WrongValue);
    }

private:
    QTemporaryDir m_folder;
    std::string m_certificate;
    std::string m_key;
};

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
