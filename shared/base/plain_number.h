// A number as people write it: 1000000 and 0.5, not 1e+06. Thread: pure function. Owner: nobody. Flow: a bound → here → a text.
#pragma once

#include <QLocale>
#include <QString>

namespace cohort {

inline QString plainly(double number)
{
    return QString::number(number, 'f', QLocale::FloatingPointShortest);
}

} // namespace cohort
