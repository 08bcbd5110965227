// Small parts that several pages share: a figure's tile, a pill, a field to copy from, a QR code.
// Thread: GUI. Owner: a page or dialog. Flow: value → picture.
#pragma once

#include "console/models/tone.h"

#include <QFrame>
#include <QImage>
#include <QLabel>
#include <QLineEdit>

class QDialog;
class QPlainTextEdit;

namespace cohort::console {

// Its place stays free while it is hidden: nothing moves under the hand when it comes or goes.
void keepRoom(QWidget* widget);

class Tile : public QFrame
{
    Q_OBJECT
public:
    explicit Tile(const QString& title, QWidget* parent = nullptr);
    void setValue(const QString& value, const QString& note = {}, Tone tone = Tone::Neutral);
    // In grey: what was known last.
    void setOld(const QString& value, const QString& note = {});

private:
    QLabel* m_value;
    QLabel* m_note;
};

class Pill : public QLabel
{
    Q_OBJECT
public:
    explicit Pill(QWidget* parent = nullptr);
    void setState(const QString& text, Tone tone); // hidden while the text is empty
};

// Text that is there to be copied whole, with its button; `lines` > 1 wraps.
class CopyField : public QWidget
{
    Q_OBJECT
public:
    explicit CopyField(QWidget* parent = nullptr);
    void setText(const QString& text);
    QString text() const;

private:
    QPlainTextEdit* m_text;
};

class QrView : public QWidget
{
    Q_OBJECT
public:
    explicit QrView(QWidget* parent = nullptr);
    void setText(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_image; // one pixel a module
};

// The first field that can be filled in has the keyboard, not a button.
void focusFirstField(QWidget& dialog);

// Says in a dialog's title and in its first line of which study it is, and of which home where it is about one.
void nameStudy(QDialog& dialog, const QString& study, const QString& home = {});

} // namespace cohort::console
