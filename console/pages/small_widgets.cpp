#include "console/pages/small_widgets.h"

#include "console/models/plain_text.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <qrencode.h>

#include <chrono>
#include <memory>

namespace cohort::console {

using namespace Qt::StringLiterals;

void keepRoom(QWidget* widget)
{
    QSizePolicy policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    widget->setSizePolicy(policy);
}

Tile::Tile(const QString& title, QWidget* parent) : QFrame(parent), m_value(new QLabel), m_note(new QLabel)
{
    setProperty("card", true);
    auto* name = new QLabel(title);
    name->setProperty("role", u"faint"_s);
    m_value->setProperty("role", u"figure"_s);
    m_note->setProperty("role", u"caption"_s);
    for (QLabel* label : {name, m_value, m_note}) {
        label->setTextFormat(Qt::PlainText);
        label->setMinimumWidth(10);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(2);
    layout->addWidget(name);
    layout->addWidget(m_value);
    layout->addWidget(m_note);
    setValue(u"–"_s);
}

void Tile::setValue(const QString& value, const QString& note, Tone tone)
{
    m_value->setText(value);
    m_note->setText(note.isEmpty() ? u" "_s : note);
    m_note->setToolTip(plainToolTip(note));
    const Theme colors = theme();
    m_value->setStyleSheet(tone == Tone::Neutral ? QString() : u"color: %1;"_s.arg(colors.tone(tone).name()));
}

void Tile::setOld(const QString& value, const QString& note)
{
    setValue(value, note);
    m_value->setStyleSheet(u"color: %1;"_s.arg(theme().faint.name()));
}

Pill::Pill(QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    hide();
}

void Pill::setState(const QString& text, Tone tone)
{
    const Theme colors = theme();
    setText(text);
    setStyleSheet(u"background: %1; color: %2; border-radius: 11px; padding: 3px 10px; font-size: 12px;"_s.arg(
        colors.toneFill(tone).name(), colors.tone(tone).name()));
    setVisible(!text.isEmpty());
}

CopyField::CopyField(QWidget* parent) : QWidget(parent), m_text(new QPlainTextEdit)
{
    m_text->setReadOnly(true);
    m_text->setProperty("role", u"mono"_s);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* copy = new QPushButton(icon(u"copy"_s), Pages::tr("Copy"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(copy, 0, Qt::AlignTop);
    connect(copy, &QPushButton::clicked, this, [this, copy] {
        QApplication::clipboard()->setText(m_text->toPlainText());
        copy->setText(Pages::tr("Copied"));
        QTimer::singleShot(std::chrono::seconds(2), copy, [copy] { copy->setText(Pages::tr("Copy")); });
    });
}

void CopyField::setText(const QString& text)
{
    m_text->setPlainText(text);
    const int lines = std::clamp(static_cast<int>(text.size()) / 62 + 1, 1, 7);
    m_text->setFixedHeight(lines * m_text->fontMetrics().lineSpacing() + 22);
}

QString CopyField::text() const
{
    return m_text->toPlainText();
}

QrView::QrView(QWidget* parent) : QWidget(parent)
{
    setFixedSize(196, 196);
    setAccessibleName(Pages::tr("QR code"));
}

void QrView::setText(const QString& text)
{
    m_image = {};
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.toUtf8().constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (code) {
        m_image = QImage(code->width, code->width, QImage::Format_RGB32);
        for (int i = 0; i < code->width * code->width; ++i)
            m_image.setPixelColor(i % code->width, i / code->width, (code->data[i] & 1U) ? Qt::black : Qt::white);
    }
    update();
}

void QrView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white); // also on dark ground: readers want the quiet border
    if (m_image.isNull())
        return;
    const int module = (width() - 24) / m_image.width();
    const int size = module * m_image.width();
    painter.drawImage(QRect((width() - size) / 2, (height() - size) / 2, size, size), m_image);
}

void focusFirstField(QWidget& dialog)
{
    for (QWidget* one = dialog.nextInFocusChain(); one && one != &dialog; one = one->nextInFocusChain()) {
        const bool isField = (one->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && dialog.isAncestorOf(one) &&
                             one->isEnabledTo(&dialog) && one->isVisibleTo(&dialog) &&
                             !qobject_cast<QPushButton*>(one) && !qobject_cast<QToolButton*>(one);
        if (!isField)
            continue;
        one->setFocus(Qt::OtherFocusReason);
        return;
    }
}

void nameStudy(QDialog& dialog, const QString& study, const QString& home)
{
    if (study.isEmpty())
        return;
    const QString where = home.isEmpty() ? study : study + u" · "_s + home;
    dialog.setWindowTitle(dialog.windowTitle() + u" – "_s + where);
    auto* label = new QLabel(where);
    label->setObjectName(u"study"_s);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("role", u"caption"_s);
    if (auto* column = qobject_cast<QVBoxLayout*>(dialog.layout()))
        column->insertWidget(0, label);
}

} // namespace cohort::console
