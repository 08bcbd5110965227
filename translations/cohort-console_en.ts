<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
 <context>
  <name>Charts</name>
  <message numerus="yes">
   <source>numbers; %n text(s) not drawn</source>
   <translation>
    <numerusform>numbers; %n text not drawn</numerusform>
    <numerusform>numbers; %n texts not drawn</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Models</name>
  <message numerus="yes">
   <source>%n homes lost connection: %1</source>
   <translation>
    <numerusform>%n home lost connection: %1</numerusform>
    <numerusform>%n homes lost connection: %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>The home lost connection, with %n devices: %1</source>
   <translation>
    <numerusform>The home lost connection, with %n device: %1</numerusform>
    <numerusform>The home lost connection, with %n devices: %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>No data from devices in %n homes</source>
   <translation>
    <numerusform>No data from devices in %n home</numerusform>
    <numerusform>No data from devices in %n homes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>No data from %n devices: %1</source>
   <translation>
    <numerusform>No data from %n device: %1</numerusform>
    <numerusform>No data from %n devices: %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%1 lost connection, and with it what is behind it: %n devices in all</source>
   <translation>
    <numerusform>%1 lost connection, and with it what is behind it: %n device in all</numerusform>
    <numerusform>%1 lost connection, and with it what is behind it: %n devices in all</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n devices lost connection: %1</source>
   <translation>
    <numerusform>%n device lost connection: %1</numerusform>
    <numerusform>%n devices lost connection: %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n new message(s) from %1</source>
   <translation>
    <numerusform>%n new message from %1</numerusform>
    <numerusform>%n new messages from %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>No answer to %n questions</source>
   <translation>
    <numerusform>No answer to %n question</numerusform>
    <numerusform>No answer to %n questions</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>In %n homes: %1</source>
   <translation>
    <numerusform>In %n home: %1</numerusform>
    <numerusform>In %n homes: %1</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>“%1” is live and paused in %n homes</source>
   <translation>
    <numerusform>“%1” is live and paused in %n home</numerusform>
    <numerusform>“%1” is live and paused in %n homes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n home(s)</source>
   <translation>
    <numerusform>%n home</numerusform>
    <numerusform>%n homes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n device(s)</source>
   <translation>
    <numerusform>%n device</numerusform>
    <numerusform>%n devices</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n person(s)</source>
   <translation>
    <numerusform>%n person</numerusform>
    <numerusform>%n people</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n alert(s)</source>
   <translation>
    <numerusform>%n alert</numerusform>
    <numerusform>%n alerts</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n new</source>
   <translation>
    <numerusform>%n new</numerusform>
    <numerusform>%n new</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n open question(s)</source>
   <translation>
    <numerusform>%n open question</numerusform>
    <numerusform>%n open questions</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%1, %n with errors</source>
   <translation>
    <numerusform>%1, %n with errors</numerusform>
    <numerusform>%1, %n with errors</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%1, %n failed</source>
   <translation>
    <numerusform>%1, %n failed</numerusform>
    <numerusform>%1, %n failed</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Possible again in %n second(s).</source>
   <translation>
    <numerusform>Possible again in %n second.</numerusform>
    <numerusform>Possible again in %n seconds.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n s ago</source>
   <translation>
    <numerusform>%n s ago</numerusform>
    <numerusform>%n s ago</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n min ago</source>
   <translation>
    <numerusform>%n min ago</numerusform>
    <numerusform>%n min ago</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n h ago</source>
   <translation>
    <numerusform>%n h ago</numerusform>
    <numerusform>%n h ago</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n day(s) ago</source>
   <translation>
    <numerusform>%n day ago</numerusform>
    <numerusform>%n days ago</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Pages</name>
  <message numerus="yes">
   <source>%n minute(s)</source>
   <translation>
    <numerusform>%n minute</numerusform>
    <numerusform>%n minutes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n hour(s)</source>
   <translation>
    <numerusform>%n hour</numerusform>
    <numerusform>%n hours</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Nothing heard from %1 for %n second(s).</source>
   <translation>
    <numerusform>Nothing heard from %1 for %n second.</numerusform>
    <numerusform>Nothing heard from %1 for %n seconds.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Next try in %n second(s).</source>
   <translation>
    <numerusform>Next try in %n second.</numerusform>
    <numerusform>Next try in %n seconds.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n question(s) without answer</source>
   <translation>
    <numerusform>%n question without answer</numerusform>
    <numerusform>%n questions without answer</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>and %n more</source>
   <translation>
    <numerusform>and %n more</numerusform>
    <numerusform>and %n more</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n open alert(s)</source>
   <translation>
    <numerusform>%n open alert</numerusform>
    <numerusform>%n open alerts</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n person(s) paused</source>
   <translation>
    <numerusform>%n person paused</numerusform>
    <numerusform>%n people paused</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n text(s) that the operator before had not saved or sent are gone.</source>
   <translation>
    <numerusform>%n text that the operator before had not saved or sent is gone.</numerusform>
    <numerusform>%n texts that the operator before had not saved or sent are gone.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Close with %n text(s) that are not saved or sent?</source>
   <translation>
    <numerusform>Close with %n text that is not saved or sent?</numerusform>
    <numerusform>Close with %n texts that are not saved or sent?</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>The page, its login and codes end, and %n question(s) without answer are taken back.</source>
   <translation>
    <numerusform>The page, its login and codes end, and %n question without answer is taken back.</numerusform>
    <numerusform>The page, its login and codes end, and %n questions without answer are taken back.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n urgent</source>
   <translation>
    <numerusform>%n urgent</numerusform>
    <numerusform>%n urgent</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n device(s) in it stay in the home, without a room: scripts that look for this room do not find them any more.</source>
   <translation>
    <numerusform>%n device in it stays in the home, without a room: scripts that look for this room do not find it any more.</numerusform>
    <numerusform>%n devices in it stay in the home, without a room: scripts that look for this room do not find them any more.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>It stops in %n home(s); what it remembers there is gone.</source>
   <translation>
    <numerusform>It stops in %n home; what it remembers there is gone.</numerusform>
    <numerusform>It stops in %n homes; what it remembers there is gone.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n open alert(s) are resolved.</source>
   <translation>
    <numerusform>%n open alert is resolved.</numerusform>
    <numerusform>%n open alerts are resolved.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n question(s) without answer are taken back.</source>
   <translation>
    <numerusform>%n question without answer is taken back.</numerusform>
    <numerusform>%n questions without answer are taken back.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n timer(s) end.</source>
   <translation>
    <numerusform>%n timer ends.</numerusform>
    <numerusform>%n timers end.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Pause “%1” in %n home(s)?</source>
   <translation>
    <numerusform>Pause “%1” in %n home?</numerusform>
    <numerusform>Pause “%1” in %n homes?</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n problem(s)</source>
   <translation>
    <numerusform>%n problem</numerusform>
    <numerusform>%n problems</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%1, %2, %n run(s) failed: %3</source>
   <translation>
    <numerusform>%1, %2, %n run failed: %3</numerusform>
    <numerusform>%1, %2, %n runs failed: %3</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n run(s) failed in the last 24 hours; the last: %1</source>
   <translation>
    <numerusform>%n run failed in the last 24 hours: %1</numerusform>
    <numerusform>%n runs failed in the last 24 hours; the last: %1</numerusform>
   </translation>
  </message>
 </context>
</TS>
