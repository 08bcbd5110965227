// Makes every label of the program show its text as it stands: what is not said to be markup is none. Also the labels of
// message boxes and those that forms make. Thread: GUI. Owner: MainWindow. Flow: a widget's first polish → here.
#pragma once

#include <QObject>

namespace cohort::console {

class PlainLabels : public QObject
{
    Q_OBJECT
public:
    explicit PlainLabels(QObject* parent);
    // Also of labels that were there before.
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace cohort::console
