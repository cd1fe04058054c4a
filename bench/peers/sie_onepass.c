/* The fastest thing one could write: one pass over a mapped file, knowing its exact form.
 * Reads account, first object, date and amount of every #TRANS; checks nothing. A yardstick, not a reader.
 * Prints: rows, sum of positive amounts in ore, sum of all amounts in ore, sum of voucher dates. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *number(const char *p, int64_t *value) {
    int64_t v = 0;
    while (*p >= '0' && *p <= '9') v = v * 10 + (*p++ - '0');
    *value = v;
    return p;
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    int file = open(argv[1], O_RDONLY);
    struct stat facts;
    if (file < 0 || fstat(file, &facts)) return 1;
    const char *text = mmap(NULL, facts.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (text == MAP_FAILED) return 1;
    const char *end = text + facts.st_size, *p = text;
    int64_t rows = 0, debit = 0, sum = 0, days = 0, accounts = 0, objects = 0;
    while (p < end) {
        if (end - p > 7 && !memcmp(p, "#TRANS ", 7)) {
            int64_t account, whole, object = 0, day;
            p = number(p + 7, &account) + 2;
            if (*p != '}') {
                while (*p != '"') p++;
                p = number(p + 1, &object);
                while (*p != '}') p++;
            }
            p += 2;
            int minus = *p == '-';
            p = number(p + minus, &whole);
            int64_t ore = whole * 100;
            if (*p == '.') {
                ore += (p[1] - '0') * 10 + (p[2] - '0');
                p += 3;
            }
            if (minus) ore = -ore;
            if (*p == ' ') p = number(p + 1, &day);
            rows++;
            sum += ore;
            if (ore > 0) debit += ore;
            accounts += account;
            objects += object;
        } else if (end - p > 5 && !memcmp(p, "#VER ", 5)) {
            int64_t day;
            p += 5;
            for (int fields = 0; fields < 2; p++)
                if (*p == ' ') fields++;
            p = number(p, &day);
            days += day;
        }
        p = memchr(p, '\n', end - p);
        if (!p) break;
        p++;
    }
    printf("%lld %lld %lld %lld %lld\n", (long long)rows, (long long)debit, (long long)sum, (long long)days,
           (long long)(accounts + objects));
    return 0;
}
