/* false - end without success. */
int main(void)
{
	return 1;
}
