#include "console/pages/notice_bar.h"

#include "console/models/words.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int ProgressHeight = 2, RoomHeight = 36;

} // namespace

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent), m_bar(new QFrame(this)), m_icon(new QLabel), m_text(new QLabel),
      m_retryButton(new QPushButton(Pages::tr("Retry"))), m_progress(new QProgressBar(this))
{
    m_bar->setObjectName(u"noticeBar"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton;
    close->setIcon(icon(u"close"_s));
    close->setProperty("flat", true);
    close->setToolTip(Pages::tr("Dismiss"));
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(12, 6, 6, 6);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_retryButton);
    row->addWidget(close);
    m_progress->setObjectName(u"busyBar"_s);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(ProgressHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_bar->hide();
    m_progress->hide();
    connect(close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    connect(m_retryButton, &QPushButton::clicked, this, [this] {
        const auto retry = m_retry;
        dismiss();
        if (retry)
            retry();
    });
}

void NoticeBar::showError(const Error& error, std::function<void()> retry)
{
    if (error.code == ErrorCode::Cancelled)
        return;
    m_retry = std::move(retry);
    showText(words::error(error), Tone::Bad);
    m_retryButton->setVisible(bool(m_retry));
    m_ofConnection = error.code == ErrorCode::Unavailable;
    arrange();
}

void NoticeBar::showText(const QString& text, Tone tone)
{
    const Theme colors = theme();
    const QString name = tone == Tone::Bad ? u"error"_s : tone == Tone::Good ? u"check"_s : u"info"_s;
    m_icon->setPixmap(icon(name, colors.tone(tone)).pixmap(20, 20));
    m_text->setText(text);
    m_bar->setStyleSheet(
        u"QFrame#noticeBar { background: %1; border-radius: 6px; } QFrame#noticeBar QLabel { color: %2; }"_s.arg(
            colors.toneFill(tone).name(), colors.text.name()));
    m_retryButton->hide();
    m_ofConnection = false;
    m_bar->show();
    arrange();
}

void NoticeBar::dismiss()
{
    m_bar->hide();
    m_retry = {};
    arrange();
}

void NoticeBar::turn()
{
    ++m_turns;
    dismiss();
}

// The layout gives it the room of one line; what needs more grows over its neighbours.
void NoticeBar::arrange()
{
    const int bar = barHeight();
    m_progress->setGeometry(0, 0, width(), ProgressHeight);
    m_bar->setGeometry(0, ProgressHeight, width(), bar);
    resize(width(), ProgressHeight + bar);
    if (m_grows)
        updateGeometry();
    else if (bar > RoomHeight)
        raise();
}

int NoticeBar::barHeight() const
{
    const int wanted = m_bar->hasHeightForWidth() ? m_bar->heightForWidth(width()) : m_bar->sizeHint().height();
    return isShown() ? std::max(RoomHeight, wanted) : RoomHeight;
}

void NoticeBar::setGrows()
{
    m_grows = true;
    arrange();
}

void NoticeBar::connected()
{
    if (m_ofConnection && isShown())
        dismiss();
}

QSize NoticeBar::sizeHint() const
{
    return {200, ProgressHeight + (m_grows ? barHeight() : RoomHeight)};
}

void NoticeBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void NoticeBar::setBusy(bool busy)
{
    m_busy = std::max(0, m_busy + (busy ? 1 : -1));
    m_progress->setVisible(m_busy > 0);
}

bool NoticeBar::isShown() const
{
    return !m_bar->isHidden();
}

QString NoticeBar::text() const
{
    return m_text->text();
}

} // namespace cohort::console
