// The bar on top of a page or dialog: an error in plain words with Retry, or a short good news; can be dismissed. The room
// for one line is always there; a longer text covers what is below it and moves nothing, unless setGrows.
// Thread: GUI. Owner: a page or dialog. Flow: failed(Error) → bar → Retry.
#pragma once

#include "console/models/tone.h"
#include "shared/base/error.h"

#include <QFrame>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace cohort::console {

class NoticeBar : public QWidget
{
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);

    // `retry` may be null. Cancelled is no error to a person and is not shown.
    void showError(const Error& error, std::function<void()> retry = {});
    void showText(const QString& text, Tone tone);
    void dismiss();
    // Another study is looked at: what fails of the one before is said, and not tried again.
    void turn();
    int turns() const { return m_turns; }
    // Counts: busy until every begin has its end.
    void setBusy(bool busy);
    // From now on a longer text takes the room that it needs: what is below it has to be seen.
    void setGrows();
    // The server is there again: what said that it was not is over.
    void connected();
    bool isShown() const;
    QString text() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    int barHeight() const;
    QFrame* m_bar;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_retryButton;
    QProgressBar* m_progress;
    std::function<void()> m_retry;
    bool m_grows = false;
    bool m_ofConnection = false; // what is shown says that the server was not there
    int m_busy = 0;
    int m_turns = 0;
};

} // namespace cohort::console
