/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * embed - turns files into the table of src/base/asset.h.
 *
 *     embed OUT.c [public NAME FILE | inner NAME FILE]...
 *
 * Each file is kept as it is and, where that pays, compressed once by
 * gzip at level 9, so the server never compresses. The same input gives the
 * same output: no times, no names in the gzip header.
 */
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct file {
    const char *name;
    const char *path;
    bool public;
    unsigned char *bytes;
    size_t n;
    unsigned char *gzip;
    size_t gzip_n; /* 0: not smaller by an eighth */
    char hash[2 * crypto_hash_sha256_BYTES + 1];
};

static const struct {
    const char *end;
    const char *type;
} types[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".ico", "image/x-icon" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".csv", "text/csv; charset=utf-8" },
    { ".sql", "application/sql" },
    { ".xlsx", "application/vnd.openxmlformats-officedocument"
               ".spreadsheetml.sheet" },
};

static _Noreturn void stop(const char *path, const char *why)
{
    fprintf(stderr, "embed: %s: %s\n", path, why);
    exit(1);
}

static const char *type_of(const char *path)
{
    const char *end = strrchr(path, '.');

    for (size_t i = 0; end && i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(types[i].end, end) == 0)
            return types[i].type;
    stop(path, "no media type for this ending; add it in tool/embed.c");
}

static void file_load(struct file *f)
{
    FILE *in = fopen(f->path, "rb");
    long n;

    if (!in || fseek(in, 0, SEEK_END) != 0 || (n = ftell(in)) < 0)
        stop(f->path, "cannot be read");
    rewind(in);
    f->n = (size_t)n;
    f->bytes = malloc(f->n + 1);
    if (!f->bytes || fread(f->bytes, 1, f->n, in) != f->n)
        stop(f->path, "cannot be read");
    fclose(in);
}

static void file_compress(struct file *f)
{
    z_stream z = { 0 };
    uLong room;

    /* 16: a gzip header, which zlib leaves without time and name */
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        stop(f->path, "zlib does not start");
    room = deflateBound(&z, f->n);
    f->gzip = malloc(room);
    if (!f->gzip)
        stop(f->path, "out of memory");
    z.next_in = f->bytes;
    z.avail_in = (uInt)f->n;
    z.next_out = f->gzip;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        stop(f->path, "zlib does not finish");
    f->gzip_n = z.total_out < f->n - f->n / 8 ? z.total_out : 0;
    deflateEnd(&z);
}

static void file_hash(struct file *f)
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, f->bytes, f->n);
    sodium_bin2hex(f->hash, sizeof(f->hash), digest, sizeof(digest));
}

/* Bytes as a C string of octal escapes and plain characters. */
static void put_bytes(FILE *out, const char *what, size_t i,
                      const unsigned char *p, size_t n)
{
    int column = 0;

    fprintf(out, "static const char %s_%zu[%zu] =\n    \"", what, i, n + 1);
    for (size_t k = 0; k < n; k++) {
        bool plain = p[k] >= ' ' && p[k] < 127 && !strchr("\"\\?", p[k]);

        if (column >= 72) {
            fputs("\"\n    \"", out);
            column = 0;
        }
        column +=
            plain ? fprintf(out, "%c", p[k]) : fprintf(out, "\\%03o", p[k]);
    }
    fputs("\";\n", out);
}

/* app.css and 3fa91c20... give app.3fa91c20.css */
static void put_entry(FILE *out, const struct file *f, size_t i)
{
    const char *end = strrchr(f->name, '.');
    int stem = (int)(end - f->name);

    fprintf(out, "    { .name = S_INIT(\"%s\"),\n", f->name);
    if (f->public)
        fprintf(out,
                "      .file = S_INIT(\"%.*s.%.8s%s\"),\n"
                "      .path = S_INIT(\"/assets/%.*s.%.8s%s\"),\n",
                stem, f->name, f->hash, end, stem, f->name, f->hash, end);
    fprintf(out,
            "      .type = S_INIT(\"%s\"),\n"
            "      .etag = S_INIT(\"\\\"%.32s\\\"\"),\n"
            "      .bytes = { bytes_%zu, %zu },\n",
            type_of(f->path), f->hash, i, f->n);
    if (f->gzip_n)
        fprintf(out, "      .gzip = { gzip_%zu, %zu },\n", i, f->gzip_n);
    fputs("    },\n", out);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->name,
                  ((const struct file *)b)->name);
}

static void write_table(FILE *out, const struct file *files, size_t n)
{
    fputs("/* Made by tool/embed.c. */\n"
          "#include \"base/asset.h\"\n\n"
          "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n",
          out);
    for (size_t i = 0; i < n; i++) {
        put_bytes(out, "bytes", i, files[i].bytes, files[i].n);
        if (files[i].gzip_n)
            put_bytes(out, "gzip", i, files[i].gzip, files[i].gzip_n);
    }
    fputs("\nconst struct asset assets[] = {\n", out);
    for (size_t i = 0; i < n; i++)
        put_entry(out, &files[i], i);
    fprintf(out, "    { .name = { 0 } } };\nconst size_t assets_n = %zu;\n", n);
}

int main(int argc, char **argv)
{
    size_t n = argc > 2 ? (size_t)(argc - 2) / 3 : 0;
    struct file *files = calloc(n + 1, sizeof(*files));
    FILE *out;

    if (argc < 2 || (argc - 2) % 3 != 0 || !files || sodium_init() < 0)
        stop("usage", "embed OUT.c [public|inner NAME FILE]...");
    for (size_t i = 0; i < n; i++) {
        char **arg = argv + 2 + 3 * i;

        files[i].public = strcmp(arg[0], "public") == 0;
        files[i].name = arg[1];
        files[i].path = arg[2];
        file_load(&files[i]);
        file_compress(&files[i]);
        file_hash(&files[i]);
    }
    qsort(files, n, sizeof(*files), by_name);
    for (size_t i = 1; i < n; i++)
        if (strcmp(files[i - 1].name, files[i].name) == 0)
            stop(files[i].name, "two files with this name");
    out = fopen(argv[1], "wb");
    if (!out)
        stop(argv[1], "cannot be written");
    write_table(out, files, n);
    return fclose(out) ? 1 : 0;
}
