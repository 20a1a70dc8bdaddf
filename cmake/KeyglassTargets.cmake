# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of ours shares, and the two ways a target is made: a room (library) and a test.

add_library(keyglass_options INTERFACE)
target_compile_features(keyglass_options INTERFACE cxx_std_20)
target_include_directories(keyglass_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(keyglass_options INTERFACE
  QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
  KEYGLASS_VERSION="${PROJECT_VERSION}"
  _FILE_OFFSET_BITS=64) # hiredis defines it for those that use it, and parsed headers serve only who has the same macros
target_compile_options(keyglass_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Woverloaded-virtual -Wnon-virtual-dtor -Winvalid-pch)
# GCC 12 sees optional's storage as maybe uninitialized once it inlines; the sanitizers look for the real thing.
target_compile_options(keyglass_options INTERFACE -Wno-maybe-uninitialized)
if(KEYGLASS_WERROR)
  target_compile_options(keyglass_options INTERFACE -Werror)
endif()
if(KEYGLASS_SANITIZE)
  target_compile_options(keyglass_options INTERFACE
    -fsanitize=${KEYGLASS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(keyglass_options INTERFACE -fsanitize=${KEYGLASS_SANITIZE})
endif()

# Linking some two hundred tests takes longer than compiling what changed in them; mold links in a tenth of the time. Packages
# are linked as the distribution does it.
find_program(KEYGLASS_MOLD mold)
if(KEYGLASS_MOLD AND CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_link_options(keyglass_options INTERFACE -fuse-ld=mold)
endif()

# What nearly every source file includes is parsed once, which halves the time of a build: the standard library's and Qt Core's
# headers for rooms of core, Qt Widgets as well for those of the window. A file still includes what it uses: the release
# preset, which the .deb is made with, builds without this.
option(KEYGLASS_PARSED_HEADERS "Parse common headers once" ON)
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/headers.cpp" CONTENT "")
function(keyglass_shared_headers)
  if(NOT KEYGLASS_PARSED_HEADERS)
    return()
  endif()
  add_library(keyglass_headers_core OBJECT "${CMAKE_BINARY_DIR}/headers.cpp")
  target_link_libraries(keyglass_headers_core PRIVATE keyglass_options Qt6::Core)
  set(common <algorithm> <atomic> <chrono> <functional> <map> <memory> <mutex> <optional> <span> <stop_token> <string>
    <string_view> <thread> <variant> <vector> <QByteArray> <QCoreApplication> <QDateTime> <QObject> <QString> <QStringList>)
  target_precompile_headers(keyglass_headers_core PRIVATE ${common})
  if(NOT KEYGLASS_CORE_ONLY)
    add_library(keyglass_headers_window OBJECT "${CMAKE_BINARY_DIR}/headers.cpp")
    target_link_libraries(keyglass_headers_window PRIVATE keyglass_options Qt6::Widgets)
    target_precompile_headers(keyglass_headers_window PRIVATE ${common} <QtWidgets>)
  endif()
  # GCC 12 sees copies of std::string out of bounds that come with a parsed header; the sanitizers look for the real thing.
  target_compile_options(keyglass_options INTERFACE
    -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
endfunction()

# keyglass_room(NAME [MOC] SOURCES a.cpp … [PUBLIC lib …] [PRIVATE lib …]): the static library of one room, by its file
# list. MOC where a header of the room has a Q_OBJECT.
function(keyglass_room name)
  cmake_parse_arguments(ROOM "MOC" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ROOM_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ${ROOM_MOC})
  target_link_libraries(${name} PUBLIC ${ROOM_PUBLIC} PRIVATE keyglass_options ${ROOM_PRIVATE})
  if(NOT KEYGLASS_PARSED_HEADERS)
    return()
  endif()
  if(name MATCHES "^keyglass_(ui|app)")
    target_precompile_headers(${name} REUSE_FROM keyglass_headers_window)
  else()
    target_precompile_headers(${name} REUSE_FROM keyglass_headers_core)
  endif()
endfunction()

# What nearly every test includes (Qt Test above all) is parsed once: reading it takes longer than compiling most tests. Tests
# only: a room's sources include what they use themselves. One header for tests of core, one for tests of the window, as
# <QTest> is another one with QtWidgets. A parsed header serves only who has the same macros: what Qt Test defines by folder
# is undefined (QFINDTESTDATA is not used here).
function(keyglass_shared_test_headers)
  add_library(keyglass_test_macros INTERFACE)
  target_compile_options(keyglass_test_macros INTERFACE
    -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/tests/headers.cpp" CONTENT "")
  set(libs_of_core Qt6::Network)
  set(libs_of_window Qt6::Widgets Qt6::Network)
  set(widgets_of_window <QtWidgets>)
  foreach(kind core window)
    if(kind STREQUAL "window" AND KEYGLASS_CORE_ONLY)
      break()
    endif()
    set(target keyglass_test_headers_${kind})
    add_library(${target} OBJECT "${CMAKE_BINARY_DIR}/tests/headers.cpp")
    target_link_libraries(${target} PRIVATE keyglass_options Qt6::Test ${libs_of_${kind}})
    target_link_libraries(${target} PRIVATE keyglass_test_macros)
    target_precompile_headers(${target} PRIVATE <algorithm> <chrono> <functional> <map> <memory> <optional> <random> <set> <string>
      <thread> <vector> <QCoreApplication> <QFile> <QJsonDocument> <QProcess> <QSignalSpy> <QTemporaryDir> <QTest>
      ${widgets_of_${kind}})
  endforeach()
endfunction()

# keyglass_moc(TARGET SOURCE…): what moc makes of a test's own sources, tst_x.moc for tst_x.cpp, and of their headers
# with a Q_OBJECT. AUTOMOC would look through the includes of each of some two hundred tests and compile a file more for
# each, a quarter of the time of a build.
function(keyglass_moc target)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}_moc")
  target_include_directories(${target} PRIVATE "${folder}")
  list(FILTER ARGN INCLUDE REGEX "[.]cpp$")
  foreach(source ${ARGN})
    get_filename_component(name "${source}" NAME_WE)
    get_filename_component(path "${source}" ABSOLUTE)
    string(REGEX REPLACE "[.]cpp$" ".h" header "${path}")
    set(mocs)
    file(STRINGS "${path}" includes REGEX "^#include \"${name}[.]moc\"")
    if(includes)
      list(APPEND mocs "${path}" "${folder}/${name}.moc")
    endif()
    if(EXISTS "${header}")
      file(STRINGS "${header}" objects REGEX "Q_OBJECT")
      if(objects)
        list(APPEND mocs "${header}" "${folder}/moc_${name}.cpp")
      endif()
    endif()
    while(mocs)
      list(POP_FRONT mocs in out)
      add_custom_command(OUTPUT "${out}" COMMAND Qt6::moc "${in}" -o "${out}" DEPENDS "${in}" VERBATIM)
      target_sources(${target} PRIVATE "${out}")
    endwhile()
    if(includes)
      set_property(SOURCE "${source}" APPEND PROPERTY OBJECT_DEPENDS "${folder}/${name}.moc")
    endif()
  endforeach()
endfunction()

# keyglass_test_fixture(NAME [CORE] SOURCES a.cpp … LIBS lib …): what several tests of a window's room, or with CORE of one of
# core, set up, compiled once for all.
function(keyglass_test_fixture name)
  cmake_parse_arguments(FIXTURE "CORE" "" "SOURCES;LIBS" ${ARGN})
  add_library(${name} STATIC ${FIXTURE_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC OFF)
  keyglass_moc(${name} ${FIXTURE_SOURCES})
  if(FIXTURE_CORE)
    set(headers keyglass_test_headers_core)
    set(libs Qt6::Network)
  else()
    set(headers keyglass_test_headers_window)
    set(libs Qt6::Widgets Qt6::Network)
  endif()
  target_link_libraries(${name} PUBLIC ${FIXTURE_LIBS} PRIVATE keyglass_options Qt6::Test ${libs})
  target_link_libraries(${name} PRIVATE keyglass_test_macros)
  target_precompile_headers(${name} REUSE_FROM ${headers})
endfunction()

# keyglass_test(ROOM NAME [LIBS lib …] [LABELS label …] [SOURCES more.cpp …]): tst_NAME.cpp of this folder as ctest
# "ROOM/NAME". It runs without a display and with folders of its own.
function(keyglass_test room name)
  cmake_parse_arguments(TEST "" "TIMEOUT" "LIBS;LABELS;SOURCES" ${ARGN})
  set(target tst_${name})
  add_executable(${target} tst_${name}.cpp ${TEST_SOURCES})
  set_target_properties(${target} PROPERTIES AUTOMOC OFF RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  keyglass_moc(${target} tst_${name}.cpp ${TEST_SOURCES})
  if(room MATCHES "^(ui|app)")
    set(headers keyglass_test_headers_window)
    set(libs Qt6::Widgets Qt6::Network)
  else()
    set(headers keyglass_test_headers_core)
    set(libs Qt6::Network)
  endif()
  target_link_libraries(${target} PRIVATE keyglass_options Qt6::Test ${TEST_LIBS} ${libs})
  target_link_libraries(${target} PRIVATE keyglass_test_macros)
  target_precompile_headers(${target} REUSE_FROM ${headers})
  add_test(NAME ${room}/${name} COMMAND ${target})
  set(home "${CMAKE_BINARY_DIR}/tests/home/${name}")
  file(MAKE_DIRECTORY "${home}/run")
  file(CHMOD "${home}/run" DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  set(environment "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;HOME=${home};XDG_RUNTIME_DIR=${home}/run;XDG_CONFIG_HOME=${home}/config")
  if(KEYGLASS_SANITIZE STREQUAL "thread")
    list(APPEND environment
      "TSAN_OPTIONS=die_after_fork=0 second_deadlock_stack=1 suppressions=${CMAKE_SOURCE_DIR}/tests/tsan.supp")
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  if(KEYGLASS_SANITIZE)
    math(EXPR TEST_TIMEOUT "${TEST_TIMEOUT} * 3")
  endif()
  set_tests_properties(${room}/${name} PROPERTIES
    ENVIRONMENT "${environment}" LABELS "${TEST_LABELS}" TIMEOUT ${TEST_TIMEOUT})
endfunction()
