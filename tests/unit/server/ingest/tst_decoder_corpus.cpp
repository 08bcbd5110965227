#include "tests/unit/server/ingest/fuzz_decoder.h"

#include <QDir>
#include <QTest>

using namespace cohort::ingest;

namespace {

const QString Corpus = QStringLiteral(COHORT_SOURCE_DIR "/tests/unit/server/ingest/corpus");

QByteArray contents(const QString& file)
{
    QFile open(Corpus + QLatin1Char('/') + file);
    return open.open(QIODevice::ReadOnly) ? open.readAll() : QByteArray();
}

void decodeAll(const QByteArray& bytes)
{
    decodeAnything({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

} // namespace

class TestDecoderCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsItsBoundsForTheCorpus_data();
    void holdsItsBoundsForTheCorpus();
    void holdsItsBoundsForEveryCutAndEveryFlippedByte_data();
    void holdsItsBoundsForEveryCutAndEveryFlippedByte();
};

void TestDecoderCorpus::holdsItsBoundsForTheCorpus_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const QString& file : QDir(Corpus).entryList(QDir::Files))
        QTest::newRow(qPrintable(file)) << contents(file);
}

void TestDecoderCorpus::holdsItsBoundsForTheCorpus()
{
    QFETCH(QByteArray, bytes);
    decodeAll(bytes);
}

void TestDecoderCorpus::holdsItsBoundsForEveryCutAndEveryFlippedByte_data()
{
    holdsItsBoundsForTheCorpus_data();
}

void TestDecoderCorpus::holdsItsBoundsForEveryCutAndEveryFlippedByte()
{
    QFETCH(QByteArray, bytes);
    const QByteArray start = bytes.left(1'500);
    for (qsizetype at = 0; at < start.size(); ++at) {
        decodeAll(start.left(at));
        for (const char other : {'\0', '"', '\\', '{', ']', '9', '\xff'}) {
            QByteArray changed = start;
            changed[at] = other;
            decodeAll(changed);
        }
    }
}

QTEST_GUILESS_MAIN(TestDecoderCorpus)
#include "tst_decoder_corpus.moc"
