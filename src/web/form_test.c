/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "web/form.h"

#include "base/buf.h"
#include "test/test.h"
#include "web/multipart.h"

#define PLAIN S("application/x-www-form-urlencoded")
#define PARTS S("multipart/form-data; boundary=XY")
#define CD "Content-Disposition: form-data; name="

static enum err read_form(struct test *t, struct str type, struct str body,
                          struct form_data *ret)
{
    struct text reason = TEXT("", "");
    enum err e = form_read(t->mem, type, body, ret, &reason);

    CHECK(text_empty(reason) == (e == OK));
    return e;
}

TEST(form_read_decodes_fields_in_order)
{
    struct form_data f;

    NEED_INT(read_form(t, PLAIN, S("a=1&b=%E9%A1%B9+x%0D%0Ay&a=2&c"), &f), OK);
    NEED_INT(f.count, 4);
    CHECK_STR(form_value(&f, S("a")), S("1"));
    CHECK_STR(form_value(&f, S("b")), S("项 x\r\ny"));
    CHECK_STR(f.fields[2].value, S("2"));
    CHECK_INT(form_value(&f, S("c")).n, 0);
    CHECK(!form_value(&f, S("d")).p);
    CHECK(!form_file(&f, S("a")));
    CHECK_INT(read_form(t, S("Application/X-WWW-Form-Urlencoded;charset=UTF-8"),
                        S(""), &f),
              OK);
    CHECK_INT(f.count, 0);
}

TEST(form_read_refuses_broken_fields_and_other_types)
{
    static const struct {
        struct str type;
        struct str body;
    } bad[] = {
        { S_INIT("application/x-www-form-urlencoded"), S_INIT("a=%") },
        { S_INIT("application/x-www-form-urlencoded"), S_INIT("a=%4") },
        { S_INIT("application/x-www-form-urlencoded"), S_INIT("a=%zz") },
        { S_INIT("application/x-www-form-urlencoded"), S_INIT("a=1&%ff=2") },
        { S_INIT("application/x-www-form-urlencoded"), S_INIT("a=%00") },
        { S_INIT("application/x-www-form-urlencoded"), S_INIT("a=\0") },
        { S_INIT("application/x-www-form-urlencoded"), S_INIT("a=\xff") },
        { S_INIT("application/x-www-form-urlencoded"), S_INIT("a=%ed%a0%80") },
        { S_INIT("application/json"), S_INIT("{}") },
        { S_INIT("text/plain"), S_INIT("a=1") },
        { S_INIT(""), S_INIT("a=1") },
        { S_INIT(";"), S_INIT("a=1") },
        { S_INIT("application/x-www-form-urlencodedx"), S_INIT("a=1") },
        { S_INIT("multipart/mixed; boundary=XY"), S_INIT("--XY--") },
    };
    struct form_data f = { .count = 77 };

    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK_INT(read_form(t, bad[i].type, bad[i].body, &f), E_INPUT);
    CHECK_INT(read_form(t, (struct str){ NULL, 0 }, S("a=1"), &f), E_INPUT);
    CHECK_INT(f.count, 77);
}

TEST(form_read_keeps_to_its_number_of_fields)
{
    struct buf *b = buf_new(t->mem, 10000);
    struct form_data f;

    for (int i = 0; i < FORM_FIELDS_MAX; i++)
        buf_fmt(b, "%sa=%d", i ? "&" : "", i);
    NEED_INT(read_form(t, PLAIN, buf_str(b), &f), OK);
    CHECK_INT(f.count, FORM_FIELDS_MAX);
    buf_lit(b, "&a=1");
    CHECK_INT(read_form(t, PLAIN, buf_str(b), &f), E_SIZE);
    CHECK_INT(f.count, FORM_FIELDS_MAX);
}

TEST(multipart_reads_fields_and_files)
{
    struct str body =
        S("--XY\r\n" CD "\"title\"\r\n\r\n项目\r\nx\r\n"
          "--XY\r\n" CD "\"book\"; filename=\"C:\\\\a\\\\成绩 1.xlsx\"\r\n"
          "Content-Type: application/x\r\n\r\n\0\r\n--X\xff\r\n\r\n"
          "--XY\r\ncontent-disposition:form-data;name=empty\r\n"
          "X-Other: y\r\n\r\n\r\n"
          "--XY\r\n" CD "\"none\"; filename=\"\"\r\n"
          "Content-Type: application/octet-stream\r\n\r\n\r\n"
          "--XY--\r\n");
    struct form_data f;
    const struct form_file *file;

    NEED_INT(read_form(t, PARTS, body, &f), OK);
    CHECK_INT(f.count, 2);
    CHECK_STR(form_value(&f, S("title")), S("项目\r\nx"));
    CHECK_INT(form_value(&f, S("empty")).n, 0);
    CHECK_INT(f.file_count, 1);
    CHECK(!form_file(&f, S("none")) && !form_file(&f, S("title")));
    file = form_file(&f, S("book"));
    NEED(file != NULL);
    CHECK_STR(file->filename, S("成绩 1.xlsx"));
    CHECK_STR(file->type, S("application/x"));
    CHECK_STR(file->bytes, S("\0\r\n--X\xff\r\n"));
    CHECK(file->bytes.p > body.p && file->bytes.p < body.p + body.n);
}

TEST(multipart_takes_every_good_boundary)
{
    static const struct str good[] = {
        S_INIT("multipart/form-data; boundary=XY"),
        S_INIT("Multipart/Form-Data;BOUNDARY=\"XY\""),
        S_INIT("multipart/form-data; charset=utf-8 ; boundary=XY "),
        S_INIT("multipart/form-data; boundary=\"XY\"; charset=utf-8"),
    };
    struct form_data f;

    for (size_t i = 0; i < COUNT(good); i++) {
        NEED_INT(read_form(t, good[i],
                           S("--XY\r\n" CD "\"a\"\r\n\r\n1\r\n--XY--"), &f),
                 OK);
        CHECK_STR(form_value(&f, S("a")), S("1"));
    }
    CHECK_INT(read_form(t, S("multipart/form-data; boundary=\"a b:'()+,./=?\""),
                        S("--a b:'()+,./=?--"), &f),
              OK);
    CHECK_INT(f.count, 0);
}

TEST(multipart_refuses_bad_boundaries)
{
    static const char *const bad[] = {
        "",
        ";",
        "; boundary",
        "; boundary=",
        "; boundary=\"\"",
        "; boundary=\"XY",
        "; boundary=X Y",
        "; boundary=XY; boundary=XY",
        "; boundary=\"XY \"",
        "; boundary=\"X\\Y\"",
        "; boundary=\"X<Y\"",
        "; boundary=\xe4\xb8\xad",
        "; boundary=XY x",
        "; boundary=\"XY\"x",
        "; bound=XY",
        "; =XY",
        "; boundary = XY",
        "; ;boundary=XY",
        ("; boundary=1234567890123456789012345678901234567890123456789012345"
         "6789012345678901"), /* 71 characters */
    };
    struct form_data f;

    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK_INT(read_form(t, str_fmt(t->mem, "multipart/form-data%s", bad[i]),
                            S("--XY\r\n" CD "\"a\"\r\n\r\n1\r\n--XY--"), &f),
                  E_INPUT);
}

static const struct str bad_bodies[] = {
    S_INIT(""),
    S_INIT("--"),
    S_INIT("--XY"),
    S_INIT("--XY\r\n"),
    S_INIT("XY--"),
    S_INIT("--YX--"),
    S_INIT("--XY--x"),
    S_INIT("--XY--\r\nx"),
    S_INIT("--XY --"),
    S_INIT("\r\n--XY--"),
    S_INIT("preamble\r\n--XY--"),
    S_INIT("--XY\n" CD "\"a\"\n\n1\n--XY--"),
    S_INIT("--XY \r\n" CD "\"a\"\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n\r\n1--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n\r\n1\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n\r\n1\r\n--XY"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n\r\n1\r\n--XYZ\r\n"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n\r\n1\r\n--XY-"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n--XY--"),
    S_INIT("--XY\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\nContent-Type: a/b\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"\"\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"b\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "a b\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"; name=\"b\"\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\xff\"\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\0\"\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\nb\"\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n" CD "\"a\"\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n"
           "1\r\n--XY--"),
    S_INIT("--XY\r\nContent-Disposition : form-data; name=\"a\"\r\n\r\n"
           "1\r\n--XY--"),
    S_INIT("--XY\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n"
           "\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\nContent-Transfer-Encoding: base64\r\n"
           "\r\nMQ==\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\nContent-Type: a/b\r\n"
           "Content-Type: a/b\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\nno colon\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n\r\n\xff\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"\r\n\r\na\0b\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"; filename=\"\"\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"; filename=\"b\"; filename=\"c\"\r\n\r\n"
           "1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"; filename=\"b\x7f\"\r\n\r\n1\r\n--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"; filename=\"\xe2\x80\xae\"\r\n\r\n1\r\n"
           "--XY--"),
    S_INIT("--XY\r\n" CD "\"a\"; filename=\"/\"\r\n\r\n1\r\n--XY--"),
};

TEST(multipart_refuses_bad_bodies)
{
    struct form_data f = { .count = 77 };

    for (size_t i = 0; i < COUNT(bad_bodies); i++)
        if (!CHECK_INT(read_form(t, PARTS, bad_bodies[i], &f), E_INPUT))
            CHECK_STR(bad_bodies[i], S("a refusal"));
    CHECK_INT(f.count, 77);
}

TEST(multipart_keeps_to_its_limits)
{
    struct buf *b = buf_new(t->mem, 100000);
    struct form_data f;
    struct str long_name;

    for (int i = 0; i < FORM_PARTS_MAX; i++)
        buf_fmt(b, "--XY\r\n" CD "\"a%d\"\r\n\r\n1\r\n", i);
    NEED_INT(read_form(t, PARTS,
                       str_fmt(t->mem, "%.*s--XY--", STR_ARG(buf_str(b))), &f),
             OK);
    CHECK_INT(f.count, FORM_PARTS_MAX);
    buf_lit(b, "--XY\r\n" CD "\"b\"\r\n\r\n1\r\n--XY--");
    CHECK_INT(read_form(t, PARTS, buf_str(b), &f), E_SIZE);
    buf_clear(b);
    buf_lit(b, "--XY\r\n" CD "\"a\"\r\nX: ");
    while (b->n < MULTIPART_HEADERS_MAX + 100)
        buf_byte(b, 'x');
    buf_lit(b, "\r\n\r\n1\r\n--XY--");
    CHECK_INT(read_form(t, PARTS, buf_str(b), &f), E_SIZE);
    long_name = str_slice(buf_str(b), 100, 1125);
    CHECK_INT(read_form(t, PARTS,
                        str_fmt(t->mem,
                                "--XY\r\n" CD "\"a\"; filename=\"%.*s\""
                                "\r\n\r\n1\r\n--XY--",
                                STR_ARG(long_name)),
                        &f),
              E_INPUT);
}

TEST(multipart_ignores_the_other_filename)
{
    struct form_data f;

    NEED_INT(read_form(t, PARTS,
                       S("--XY\r\n" CD "\"a\"; filename=\"b.txt\"; "
                         "filename*=UTF-8''..%2fevil\r\n\r\n1\r\n--XY--"),
                       &f),
             OK);
    NEED(form_file(&f, S("a")) != NULL);
    CHECK_STR(f.files[0].filename, S("b.txt"));
    CHECK_STR(f.files[0].type, S(""));
    CHECK_INT(read_form(t, PARTS,
                        S("--XY\r\n" CD "\"a\"; filename*=UTF-8''b\r\n\r\n"
                          "1\r\n--XY--"),
                        &f),
              OK);
    CHECK_INT(f.file_count, 0);
    CHECK_STR(form_value(&f, S("a")), S("1"));
}
