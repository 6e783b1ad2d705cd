/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "test/test.h"
#include "web/html.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct html page(struct test *t)
{
    return (struct html){ .out = buf_new(t->mem, 1 << 16) };
}

TEST(html_text_escapes_all_five_and_nothing_else)
{
    struct html h = page(t);

    html_text(&h, S("<a href=\"x\" b='y'>R&D 项目</a>"));
    CHECK_STR(buf_str(h.out), S("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;"
                                "R&amp;D 项目&lt;/a&gt;"));
}

TEST(html_text_leaves_every_other_byte_alone)
{
    for (int c = 0; c < 256; c++) {
        struct html h = page(t);
        char byte = (char)c;

        html_text(&h, (struct str){ &byte, 1 });
        if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
            CHECK(buf_str(h.out).n > 1 && buf_str(h.out).p[0] == '&');
        else
            CHECK_STR(buf_str(h.out), ((struct str){ &byte, 1 }));
    }
}

TEST(html_text_takes_the_empty_text)
{
    struct html h = page(t);

    html_text(&h, (struct str){ NULL, 0 });
    CHECK_INT(buf_str(h.out).n, 0);
}

TEST(html_put_chooses_by_type)
{
    struct html h = page(t);
    int32_t small = INT32_MIN;
    int64_t big = INT64_MIN;
    size_t count = 12;
    unsigned u = UINT32_MAX;
    long long ll = -1;

    html_put(&h, S("<"));
    html_put(&h, small);
    html_put(&h, big);
    html_lit(&h, " ");
    html_put(&h, count);
    html_lit(&h, " ");
    html_put(&h, u);
    html_put(&h, ll);
    html_put(&h, TEXT("项&目", "Projects"));
    h.lang = LANG_EN;
    html_put(&h, TEXT("项目", "R&D"));
    CHECK_STR(buf_str(h.out),
              S("&lt;-2147483648-9223372036854775808 12 4294967295-1"
                "项&amp;目R&amp;D"));
}

TEST(html_url_values_cannot_leave_their_place)
{
    struct html h = page(t);

    html_url_value(&h, S("a/b?c=d&e#f \"<>'%\\\t项"));
    html_lit(&h, " ");
    html_url_value(&h, S("Az09-._~"));
    html_lit(&h, " ");
    html_url_value(&h, (int64_t)-7);
    CHECK_STR(buf_str(h.out),
              S("a%2Fb%3Fc%3Dd%26e%23f%20%22%3C%3E%27%25%5C%09%E9%A1%B9"
                " Az09-._~ -7"));
}

TEST(html_path_keeps_paths_of_this_site)
{
    struct html h = page(t);

    html_path(&h, S("/"));
    html_path(&h, S("/a?b=1&c='2'"));
    CHECK_STR(buf_str(h.out), S("//a?b=1&amp;c=&#39;2&#39;"));
}

/* Whether it stops a child process, as a BUG does. */
static bool stops_as(struct test *t, void (*put)(struct html *, struct str),
                     struct str s)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        struct html h = page(t);

        fclose(stderr);
        put(&h, s);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        BUG("could not fork");
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static bool stops(struct test *t, struct str path)
{
    return stops_as(t, html_path, path);
}

TEST(html_path_stops_on_other_hosts_and_schemes)
{
    CHECK(stops(t, S("")));
    CHECK(stops(t, S("//evil.example")));
    CHECK(stops(t, S("/\\evil.example")));
    CHECK(stops(t, S("/\t/evil.example")));
    CHECK(stops(t, S("javascript:alert(1)")));
    CHECK(stops(t, S("relative")));
    CHECK(!stops(t, S("/somewhere/7")));
}

TEST(html_web_puts_addresses_of_the_web_and_nothing_else)
{
    struct html h = page(t);

    html_web(&h, S("https://a.cn/?b=1&c=2"));
    CHECK_STR(buf_str(h.out), S("https://a.cn/?b=1&amp;c=2"));
    CHECK(stops_as(t, html_web, S("javascript:alert(1)")));
    CHECK(stops_as(t, html_web, S("/a")));
    CHECK(!stops_as(t, html_web, S("http://a.cn/")));
}

TEST(html_forms_carry_the_token_of_the_session)
{
    struct html h = page(t);

    html_form_token(&h);
    CHECK_INT(buf_str(h.out).n, 0);
    h.csrf = S("k\"1");
    html_form_token(&h);
    CHECK_STR(buf_str(h.out),
              S("<input type=\"hidden\" name=\"csrf\" value=\"k&quot;1\">"));
}

TEST(html_stops_growing_at_the_ceiling_of_its_buffer)
{
    struct html h = { .out = buf_new(t->mem, 8) };

    html_text(&h, S("&&&&&&&&&&"));
    CHECK(buf_overflowed(h.out));
    CHECK(buf_str(h.out).n <= 8);
}
