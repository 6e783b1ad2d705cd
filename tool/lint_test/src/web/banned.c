/* SPDX-License-Identifier: MulanPSL-2.0 */
/* malloc() in a comment and "malloc()" in quotes are free */
static const char words[] = "malloc(1) system(2)";

static void calls(struct thing *a, char *b, const char *f)
{
    b = malloc(1);
    b = calloc(1, 1);
    b = realloc(b, 1);
    free(b);
    a->free(b);
    a.free (b);
    my_free(b);
    b = strdup(words);
    b = strndup(words, 2);
    asprintf(&b, "a");
    sprintf(b, "a");
    vsprintf(b, "a", ap);
    strcpy(b, words);
    strncpy(b, words, 1);
    strcat(b, words);
    strncat(b, words, 1);
    strtok(b, words);
    strtok_r(b, words, &b);
    atoi(b);
    atol(b);
    atof(b);
    scanf("%d", b);
    sscanf(b, "%d", b);
    gets(b);
    system (b);
    popen(b, "r");
    alloca(1);
    time(NULL);
    clock_gettime(CLOCK_REALTIME, b);
    gettimeofday(b, NULL);
    localtime(b);
    localtime_r(b, b);
    gmtime(b);
    gmtime_r(b, b);
    mktime(b);
    rand();
    sqlite3_prepare(b);
    sqlite3_prepare_v2(b);
    sqlite3_prepare_v3(b);
    sqlite3_exec(b);
}

static void formats(const char *f, char *b)
{
    printf("%s", f);
    buf_fmt(b, f ? "a" : "b", 1);
    printf(f);
    fprintf(stderr, "%s", f);
    fprintf(stderr, f);
    dprintf(2, f);
    snprintf(b, 1, "%s", f);
    snprintf(b, 1,
             f);
    syslog(1, f);
    str_fmt(m, f);
    buf_fmt(b, f, 1);
}
