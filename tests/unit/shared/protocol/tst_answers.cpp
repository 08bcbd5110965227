// Every answer as a real server gave it (the document's examples), damaged member by member: what reads it names the member.
#include "shared/protocol/operation.h"
#include "tests/kit/damage.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cohort;
using namespace cohort::protocol;
using namespace Qt::Literals::StringLiterals;

namespace {

QJsonArray examples()
{
    QFile file(QStringLiteral(COHORT_SOURCE_DIR "/server/api/dispatch/page/examples.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).array() : QJsonArray();
}

} // namespace

class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachDamagedMemberIsNamed_data()
    {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<QJsonObject>("answer");
        const auto all = examples();
        QVERIFY(all.size() > 300);
        for (const auto& example : all)
            if (example["status"_L1].toInt() == 200)
                QTest::addRow("%s, %s", qPrintable(example["operation"_L1].toString()),
                              qPrintable(example["name"_L1].toString()))
                    << example["operation"_L1].toString() << example["answer"_L1].toObject();
    }

    void eachDamagedMemberIsNamed()
    {
        QFETCH(QString, operation);
        QFETCH(QJsonObject, answer);
        const auto* row = findOperation(operation.toStdString());
        QVERIFY(row != nullptr);
        const auto whole = row->checkResult(answer);
        QVERIFY2(whole.has_value(), whole ? "" : qPrintable(whole.error().detail));
        const auto all = testkit::damagesOf(row->result, answer);
        QVERIFY2(!all.empty() || answer.isEmpty(), "nothing was damaged");
        for (const auto& broken : all) {
            const auto read = row->checkResult(broken.answer);
            QVERIFY2(!read.has_value(), qPrintable(u"nobody misses "_s + broken.path));
            QVERIFY2(read.error().detail.contains(u'\'' + broken.path + u'\''),
                     qPrintable(broken.path + u": "_s + read.error().detail));
        }
    }
};

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
