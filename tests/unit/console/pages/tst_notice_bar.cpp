// The bar of a page or dialog: errors in words, Retry once, busy by counting; and what perform makes of them.

#include "console/pages/notice_bar.h"
#include "console/pages/perform.h"

#include <QLabel>
#include <QProgressBar>
#include <QPromise>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

// An answer that a test gives when it likes.
struct Asked
{
    int times = 0;
    std::vector<QPromise<Result<int>>> promises;

    QFuture<Result<int>> ask()
    {
        ++times;
        promises.emplace_back();
        promises.back().start();
        return promises.back().future();
    }
    void answer(const Result<int>& result)
    {
        promises.back().addResult(result);
        promises.back().finish();
    }
};

} // namespace

class TestNoticeBar : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<NoticeBar> m_bar;

    QPushButton* retry() const { return m_bar->findChild<QPushButton*>(); }
    bool isBusy() const { return !m_bar->findChild<QProgressBar*>()->isHidden(); }

private Q_SLOTS:
    void init()
    {
        m_bar = std::make_unique<NoticeBar>();
        m_bar->show();
    }
    void cleanup() { m_bar.reset(); }

    void itSaysNothingAtFirst()
    {
        QVERIFY(!m_bar->isShown());
        QVERIFY(!isBusy());
    }

    void anErrorIsSaidWithItsDetailAndWhenToTryAgain()
    {
        m_bar->showError(Error{ErrorCode::TooOften, u"<b>5</b> tries"_s, 1001});
        QVERIFY(m_bar->isShown());
        QVERIFY2(m_bar->text().contains(u"Wait before you try again. (<b>5</b> tries)"_s), qPrintable(m_bar->text()));
        QVERIFY2(m_bar->text().contains(u"in 2 second"_s), qPrintable(m_bar->text()));
        for (const QLabel* label : m_bar->findChildren<QLabel*>())
            QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
    }

    void whatWasCancelledIsNoError()
    {
        m_bar->showText(u"Saved."_s, Tone::Good);
        m_bar->showError(Error{ErrorCode::Cancelled, {}});
        QCOMPARE(m_bar->text(), u"Saved."_s);
    }

    void retryIsOfferedOnlyWhereThereIsSomethingToRetry()
    {
        m_bar->showError(Error{ErrorCode::Internal, {}}, [] {});
        QVERIFY(retry()->isVisible());
        m_bar->showText(u"Saved."_s, Tone::Good);
        QVERIFY(!retry()->isVisible());
        m_bar->showError(Error{ErrorCode::Internal, {}});
        QVERIFY(!retry()->isVisible());
    }

    void retryRunsOnceAndTakesTheErrorAway()
    {
        int runs = 0;
        m_bar->showError(Error{ErrorCode::Internal, {}}, [&runs] { ++runs; });
        retry()->click();
        QVERIFY(!m_bar->isShown());
        retry()->click();
        QCOMPARE(runs, 1);
    }

    void aRetryThatFailsAgainIsSaidAgain()
    {
        m_bar->showError(Error{ErrorCode::Internal, {}}, [this] { m_bar->showError(Error{ErrorCode::Busy, {}}); });
        retry()->click();
        QVERIFY(m_bar->isShown());
        QVERIFY(m_bar->text().contains(u"busy"_s));
    }

    void finding_F31_aNoticeMovesNothing_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << u"Saved."_s;
        QTest::newRow("of several lines") << u"The server did not take it, for many reasons. "_s.repeated(12);
        QTest::newRow("of one long word") << u"x"_s.repeated(400);
    }
    void finding_F31_aNoticeMovesNothing()
    {
        QFETCH(QString, text);
        QWidget page;
        auto* layout = new QVBoxLayout(&page);
        auto* bar = new NoticeBar;
        auto* below = new QPushButton(u"New home"_s);
        auto* body = new QWidget;
        layout->addWidget(bar);
        layout->addWidget(below);
        layout->addWidget(body, 1);
        page.resize(600, 400);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        const QRect button = below->geometry(), rest = body->geometry();
        const auto isStill = [&] {
            QCoreApplication::processEvents();
            return page.size() == QSize(600, 400) && below->geometry() == button && body->geometry() == rest;
        };
        bar->showText(text, Tone::Good);
        QVERIFY(bar->isShown() && isStill());
        const auto* label = bar->findChildren<QLabel*>().last();
        QVERIFY(label->height() >= label->heightForWidth(label->width()) - 1); // all of it can be read
        bar->showError(Error{ErrorCode::Internal, text}, [] {});
        QVERIFY(isStill());
        bar->setBusy(true);
        QVERIFY(isStill());
        bar->setBusy(false);
        bar->dismiss();
        QVERIFY(!bar->isShown() && isStill());
    }

    void itCanBeDismissed()
    {
        int runs = 0;
        m_bar->showError(Error{ErrorCode::Internal, {}}, [&runs] { ++runs; });
        m_bar->findChild<QToolButton*>()->click();
        QVERIFY(!m_bar->isShown());
        retry()->click();
        QCOMPARE(runs, 0); // forgotten, not only hidden
    }

    void itIsBusyUntilEveryBeginHasItsEnd()
    {
        m_bar->setBusy(true);
        m_bar->setBusy(true);
        m_bar->setBusy(false);
        QVERIFY(isBusy());
        m_bar->setBusy(false);
        QVERIFY(!isBusy());
        m_bar->setBusy(false); // one end too many owes nothing
        m_bar->setBusy(true);
        QVERIFY(isBusy());
    }

    void performIsBusyUntilTheAnswerAndHandsItOn()
    {
        Asked asked;
        int done = 0;
        m_bar->showText(u"of the try before"_s, Tone::Bad);
        perform(
            m_bar.get(), [&asked] { return asked.ask(); }, [&done](int value) { done = value; });
        QVERIFY(!m_bar->isShown());
        QVERIFY(isBusy());
        asked.answer(7);
        QTRY_COMPARE(done, 7);
        QVERIFY(!isBusy());
    }

    void performAsksAgainOnRetryAndOnlyThen()
    {
        Asked asked;
        int done = 0;
        perform(
            m_bar.get(), [&asked] { return asked.ask(); }, [&done](int value) { done = value; });
        asked.answer(fail(ErrorCode::Timeout));
        QTRY_VERIFY(m_bar->isShown());
        QVERIFY(!isBusy());
        QCOMPARE(asked.times, 1);
        QCOMPARE(done, 0);
        retry()->click();
        QCOMPARE(asked.times, 2);
        QVERIFY(isBusy());
        asked.answer(9);
        QTRY_COMPARE(done, 9);
        QVERIFY(!m_bar->isShown());
    }

    void anAnswerAfterTheBarIsGoneReachesNobody()
    {
        Asked asked;
        int done = 0;
        perform(
            m_bar.get(), [&asked] { return asked.ask(); }, [&done](int value) { done = value; });
        m_bar.reset();
        asked.answer(7);
        QCoreApplication::processEvents();
        QCOMPARE(done, 0);
    }

    void aButtonRestsUntilItsAnswerAndInEveryRetry()
    {
        Asked asked;
        QPushButton button;
        performBy(
            &button, m_bar.get(), [&asked] { return asked.ask(); }, [](int) {});
        QVERIFY(!button.isEnabled());
        asked.answer(fail(ErrorCode::Timeout));
        QTRY_VERIFY(m_bar->isShown());
        QVERIFY(button.isEnabled());
        retry()->click();
        QVERIFY(!button.isEnabled());
        asked.answer(1);
        QTRY_VERIFY(button.isEnabled());
    }

    void aButtonIsFreeBeforeItsAnswerIsTaken()
    {
        Asked asked;
        QPushButton button;
        bool wasFree = false;
        performBy(
            &button, m_bar.get(), [&asked] { return asked.ask(); },
            [&](int) {
                wasFree = button.isEnabled();
                button.setEnabled(false); // what the answer says of it holds
            });
        asked.answer(1);
        QTRY_VERIFY(wasFree);
        QCoreApplication::processEvents();
        QVERIFY(!button.isEnabled());
    }

    void aButtonThatIsGoneWhenTheAnswerComesHurtsNobody()
    {
        Asked asked;
        auto button = std::make_unique<QPushButton>();
        int done = 0;
        performBy(
            button.get(), m_bar.get(), [&asked] { return asked.ask(); }, [&done](int) { ++done; });
        button.reset();
        asked.answer(1);
        QTRY_COMPARE(done, 1);
    }

    void finding_signin_aBarThatGrowsCoversNothing()
    {
        QWidget page;
        auto* layout = new QVBoxLayout(&page);
        auto* bar = new NoticeBar;
        auto* below = new QPushButton(u"Address"_s);
        layout->addWidget(bar);
        layout->addWidget(below);
        layout->addStretch(1);
        bar->setGrows();
        page.resize(400, 500);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        bar->showText(u"Nothing listens at that address. Look at the port. "_s.repeated(8), Tone::Bad);
        QTRY_VERIFY(below->geometry().top() >= bar->geometry().bottom());
        const auto* label = bar->findChildren<QLabel*>().last();
        QVERIFY(bar->height() >= label->heightForWidth(label->width()));
    }

    void finding_banner_whatSaidThatTheServerWasGoneGoesWhenItIsThere()
    {
        m_bar->showError(Error{ErrorCode::Busy, {}});
        m_bar->connected();
        QVERIFY(m_bar->isShown());
        m_bar->showError(Error{ErrorCode::Unavailable, u"no connection"_s}, [] {});
        m_bar->connected();
        QVERIFY(!m_bar->isShown());
    }
};

QTEST_MAIN(TestNoticeBar)
#include "tst_notice_bar.moc"
