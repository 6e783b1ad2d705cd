/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/file.h"
#include "base/file_stream.h"

#include "test/test.h"

#include <errno.h>
#include <string.h>

static void check_said(struct test *t, struct text reason, struct str zh,
                       struct str en)
{
    CHECK(str_find(reason.zh, zh) != SIZE_MAX);
    CHECK(str_find(reason.en, en) != SIZE_MAX);
}

TEST(files_that_cannot_be_read_are_refused_in_both_languages)
{
    struct str path = file_path(t->mem, test_folder(t), S("甲.csv"));
    struct str bytes = S("untouched");
    struct text reason = TEXT("", "");

    CHECK(!file_read(t->mem, path, 10, &bytes, &reason));
    check_said(t, reason, S("甲.csv：没有这个文件"), S("No such file"));
    CHECK(!file_read(t->mem, test_folder(t), 10, &bytes, &reason));
    check_said(t, reason, S("这是目录"), S("Is a directory"));
    CHECK(!file_read(t->mem, S("/dev/null"), 10, &bytes, &reason));
    check_said(t, reason, S("不是普通文件"), S("Invalid argument"));
    NEED(file_write(t->mem, path, S("12345678901"), 0600, &reason));
    CHECK(!file_read(t->mem, path, 10, &bytes, &reason));
    check_said(t, reason, S("超过 10 字节"), S("over 10 bytes"));
    CHECK_STR(bytes, S("untouched"));
    CHECK(file_read(t->mem, path, 11, &bytes, &reason));
    CHECK_STR(bytes, S("12345678901"));
}

TEST(files_that_are_too_large_are_told_in_megabytes)
{
    struct str path = file_path(t->mem, test_folder(t), S("a"));
    size_t n = (1 << 20) + 1;
    char *p = mem_raw(t->mem, n);
    struct str bytes = { p, n };
    struct text reason = TEXT("", "");

    memset(p, ' ', n);
    NEED(file_write(t->mem, path, bytes, 0600, &reason));
    CHECK(!file_read(t->mem, path, 1 << 20, &bytes, &reason));
    check_said(t, reason, S("超过 1 MB。请"), S("larger than 1 MB. Split"));
}

TEST(files_that_cannot_be_written_are_refused_in_both_languages)
{
    struct str path = file_path(t->mem, test_folder(t), S("none/a"));
    struct text reason = TEXT("", "");

    CHECK(!file_write(t->mem, path, S("x"), 0600, &reason));
    check_said(t, reason, S("不能新建"), S("could not create"));
}

TEST(folders_are_made_with_those_they_lie_in)
{
    struct text reason = TEXT("", "");
    static const char *const good[] = { "a", "b/c/d", "b/c/e/", "b//f" };
    static const char *const bad[] = { "file", "file/a", "file/a/b" };

    NEED(file_write(t->mem, file_path(t->mem, test_folder(t), S("file")),
                    S("x"), 0600, &reason));
    for (size_t i = 0; i < COUNT(good); i++)
        for (int again = 0; again < 2; again++) {
            struct str path =
                file_path(t->mem, test_folder(t), str_from(good[i]));

            CHECK(file_folder(t->mem, path, &reason));
            CHECK(file_exists(t->mem, file_path(t->mem, path, S("."))));
        }
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!file_folder(t->mem,
                           file_path(t->mem, test_folder(t), str_from(bad[i])),
                           &reason));
    check_said(t, reason, S("路径里有一段不是目录"), S("Not a directory"));
}

TEST(errors_have_words_in_both_languages)
{
    static const int errors[] = { ENOENT, EACCES, ENOSPC, EADDRINUSE, EDOM };

    for (size_t i = 0; i < COUNT(errors); i++) {
        struct text words = error_words(errors[i]);

        CHECK(words.zh.n && (unsigned char)words.zh.p[0] >= 0x80);
        CHECK_STR(words.en, str_from(strerror(errors[i])));
    }
}

TEST(a_byte_of_a_file_is_locked_until_its_memory_ends)
{
    struct str path = file_path(t->mem, test_folder(t), S("running.lock"));
    struct text reason = TEXT("", "");
    struct mem *m = mem_new();

    CHECK_INT(file_lock(m, path, 7, &reason), OK);
    CHECK_INT(file_lock(t->mem, path, 7, &reason), E_CLASH);
    CHECK_INT(file_lock(t->mem, path, 8, &reason), OK);
    mem_free(m);
    CHECK_INT(file_lock(t->mem, path, 7, &reason), OK);
    CHECK(text_empty(reason));
    CHECK_INT(file_lock(t->mem, test_folder(t), 1, &reason), E_STORE);
    check_said(t, reason, S("这是目录"), S("Is a directory"));
}

TEST(files_in_pieces_are_there_whole_or_not_at_all)
{
    struct str path = file_path(t->mem, test_folder(t), S("f"));
    struct file_writer w;
    struct file_reader r;
    struct text why = TEXT("", "");
    char four[4];

    NEED(file_begin(t->mem, path, 0644, &w, &why));
    file_put(&w, S("one "));
    CHECK(!file_exists(t->mem, path));
    file_put(&w, S("two"));
    CHECK(file_end(&w, &why));
    NEED(file_begin(t->mem, path, 0644, &w, &why));
    file_put(&w, S("three"));
    file_drop(&w);
    CHECK(!file_exists(t->mem, w.draft));
    NEED(file_open(t->mem, path, &r, &why));
    CHECK_INT(r.size, 7);
    CHECK(file_read_at(&r, 2, four, 4));
    CHECK_STR(((struct str){ four, 4 }), S("e tw"));
    CHECK(!file_read_at(&r, 5, four, 4));
}

TEST(files_in_pieces_say_why_they_cannot_be)
{
    struct str none = file_path(t->mem, test_folder(t), S("none/f"));
    struct file_writer w;
    struct file_reader r;
    struct text why = TEXT("", "");

    CHECK(!file_begin(t->mem, none, 0644, &w, &why));
    CHECK(str_find(why.en, S("could not write")) != SIZE_MAX);
    CHECK(!file_open(t->mem, none, &r, &why));
    CHECK(str_find(why.zh, S("没有这个文件或目录")) != SIZE_MAX);
    CHECK(!file_open(t->mem, test_folder(t), &r, &why));
}
