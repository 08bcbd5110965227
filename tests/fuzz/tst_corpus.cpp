#include "tests/fuzz/check.h"

#include <QDir>
#include <QTest>

#include <csignal>
#include <cstdio>

using namespace cohort;

namespace {

QByteArray current; // what is being checked

void check(const QByteArray& bytes)
{
    current = bytes;
    fuzz::check(std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

// The input that something does not hold for, as a C text: it belongs into the corpus.
void printInput(int)
{
    for (const char c : std::as_const(current))
        std::fprintf(stderr, c >= 0x20 && c < 0x7f && c != '"' && c != '\\' ? "%c" : "\\x%02x", c & 0xff);
    std::fputc('\n', stderr);
}

} // namespace

// One executable per target: COHORT_CORPUS is the folder of its inputs. What does not hold aborts the test.
class TestCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGABRT, &printInput); }
    void isNotEmpty() { QVERIFY(QDir(Corpus).entryList(QDir::Files).size() >= 5); }
    void holdsForTheCorpus_data();
    void holdsForTheCorpus();
    void holdsForEveryCutAndEveryFlippedByte_data() { holdsForTheCorpus_data(); }
    void holdsForEveryCutAndEveryFlippedByte();

private:
    const QString Corpus = QStringLiteral(COHORT_CORPUS);
};

void TestCorpus::holdsForTheCorpus_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const QString& name : QDir(Corpus).entryList(QDir::Files)) {
        QFile file(Corpus + QLatin1Char('/') + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTest::newRow(qPrintable(name)) << file.readAll();
    }
}

void TestCorpus::holdsForTheCorpus()
{
    QFETCH(QByteArray, bytes);
    check(bytes);
}

void TestCorpus::holdsForEveryCutAndEveryFlippedByte()
{
    QFETCH(QByteArray, bytes);
    const QByteArray start = bytes.left(400);
    for (qsizetype at = 0; at < start.size(); ++at) {
        check(start.left(at));
        for (const char other : {'\0', '"', '\n', '{', ']', '9', '\xff'}) {
            QByteArray changed = start;
            changed[at] = other;
            check(changed);
        }
    }
}

QTEST_GUILESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
