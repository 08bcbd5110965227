# The two functions every folder uses: cohort_library() and cohort_program(). Folder = static library = namespace.
# Sources are found by globbing, so adding a file needs no edit here.

add_library(cohort_flags INTERFACE)
target_include_directories(cohort_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(cohort_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wnon-virtual-dtor -Woverloaded-virtual)
if(COHORT_WERROR)
  target_compile_options(cohort_flags INTERFACE -Werror)
endif()
target_compile_definitions(cohort_flags INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS
  QT_NO_FOREACH COHORT_VERSION="${PROJECT_VERSION}")
if(COHORT_SANITIZE)
  target_compile_options(cohort_flags INTERFACE -fsanitize=${COHORT_SANITIZE} -fno-omit-frame-pointer)
  if(COHORT_SANITIZE MATCHES undefined)
    # It opens a pipe to see what may be read, for which the lock-down ends a worker.
    target_compile_options(cohort_flags INTERFACE -fno-sanitize=vptr)
  endif()
  target_link_options(cohort_flags INTERFACE -fsanitize=${COHORT_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False alarms beside sanitizers, as GCC's own manual says; the plain builds look for it.
    target_compile_options(cohort_flags INTERFACE -Wno-maybe-uninitialized)
    if(COHORT_SANITIZE MATCHES thread)
      # Boost's fences, which it does not follow; and texts in tests that it takes for out of bounds.
      target_compile_options(cohort_flags INTERFACE -Wno-tsan -Wno-array-bounds)
    endif()
  endif()
endif()

# own_files(OUT pattern…): the files of the calling folder and its subfolders, without those that have a CMakeLists.txt.
function(own_files out)
  file(GLOB_RECURSE files RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS ${ARGN})
  file(GLOB_RECURSE others RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS CMakeLists.txt)
  list(REMOVE_ITEM others CMakeLists.txt)
  foreach(other IN LISTS others)
    get_filename_component(folder ${other} DIRECTORY)
    list(FILTER files EXCLUDE REGEX "^${folder}/")
  endforeach()
  set(${out} ${files} PARENT_SCOPE)
endfunction()

# cohort_library(NAME [QT] DEPENDS lib…): libcohort_NAME from all sources of the calling folder and its subfolders.
function(cohort_library name)
  cmake_parse_arguments(A "QT" "" "DEPENDS;EXCLUDE" ${ARGN})
  own_files(sources *.cpp *.h *.ui *.qrc)
  foreach(pattern IN LISTS A_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX ${pattern})
  endforeach()
  if(NOT sources MATCHES "\\.cpp")
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/only_headers.cpp "")
    list(APPEND sources ${CMAKE_CURRENT_BINARY_DIR}/only_headers.cpp)
  endif()
  add_library(cohort_${name} STATIC ${sources})
  target_link_libraries(cohort_${name} PUBLIC cohort_flags ${A_DEPENDS})
  set_property(GLOBAL APPEND PROPERTY COHORT_LIBRARIES cohort_${name})
  list(FILTER sources INCLUDE REGEX "\\.h$")
  list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set_target_properties(cohort_${name} PROPERTIES COHORT_HEADERS "${sources}")
  if(A_QT)
    set_target_properties(cohort_${name} PROPERTIES AUTOMOC ON AUTOUIC ON AUTORCC ON)
  endif()
endfunction()

# cohort_program(NAME SOURCES … DEPENDS lib…): an installed executable.
function(cohort_program name)
  cmake_parse_arguments(A "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  target_link_libraries(${name} PRIVATE cohort_flags ${A_DEPENDS})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# cohort_precompile(): one precompiled header, of what is included most of the standard library and QtCore, for all that is
# linked with cohort_flags: a third of what most sources cost to compile. What a source needs it includes all the same:
# clang-tidy and the headers that are compiled alone have none (tests/layout). Call it when all targets are there.
function(targets_below folder out)
  get_directory_property(targets DIRECTORY ${folder} BUILDSYSTEM_TARGETS)
  get_directory_property(folders DIRECTORY ${folder} SUBDIRECTORIES)
  foreach(inner IN LISTS folders)
    targets_below(${inner} more)
    list(APPEND targets ${more})
  endforeach()
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

function(cohort_precompile)
  targets_below(${PROJECT_SOURCE_DIR} targets)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/precompiled.cpp)
  file(WRITE ${source}.new "")
  file(COPY_FILE ${source}.new ${source} ONLY_IF_DIFFERENT)
  add_library(cohort_precompiled OBJECT ${source})
  target_link_libraries(cohort_precompiled PRIVATE cohort_flags Qt6::Core)
  target_precompile_headers(cohort_precompiled PRIVATE <algorithm> <array> <atomic> <charconv> <chrono> <cmath>
    <condition_variable> <cstdint> <deque> <functional> <future> <map> <memory> <mutex> <numeric> <optional> <set> <span>
    <string> <string_view> <thread> <tuple> <unordered_map> <unordered_set> <utility> <variant> <vector>
    <QByteArray> <QDateTime> <QFile> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QJsonValue> <QList> <QMap> <QObject>
    <QRegularExpression> <QSet> <QString> <QStringList> <QTimeZone> <QTimer> <QVariant>)
  # What ccache knows it by, instead of its bytes, which name this folder.
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/cohort_precompiled.dir/cmake_pch.hxx.gch.sum
    CONTENT "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${Qt6_VERSION}\n")
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    get_target_property(linked ${target} LINK_LIBRARIES)
    if(type MATCHES "STATIC_LIBRARY|EXECUTABLE" AND cohort_flags IN_LIST linked)
      target_precompile_headers(${target} REUSE_FROM cohort_precompiled)
    endif()
  endforeach()
endfunction()
